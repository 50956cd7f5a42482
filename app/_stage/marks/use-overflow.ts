import { type RefObject, useLayoutEffect, useState } from 'react';

/** Whether an element holds more than its height shows, followed as it or `content` changes. False until it is known. */
export function useOverflow(ref: RefObject<HTMLElement | null>, content: unknown): boolean {
  const [overflows, setOverflows] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other content may need more or less room in an element of the same size.
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    // An observer begins by telling the first size once the page is laid out: asking for it here would lay it out twice.
    const observer = new ResizeObserver(() => setOverflows(element.scrollHeight > element.clientHeight + 4));
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref, content]);
  return overflows;
}
