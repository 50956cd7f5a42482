/** As React prints a script that need not wait for others. Inside the data of a page `<` is escaped, so that this finds tags only. */
const SCRIPT = /<script src="([^"]+)" async=""><\/script>/g;

/**
 * The page with its scripts asked for once its text is on the screen, instead of while it arrives. The order in which they run was open before, and is.
 *
 * @param {string} html A page as Next prerenders it.
 * @returns {string} The same page where it has no such scripts.
 */
export function paintFirst(html) {
  const sources = [...html.matchAll(SCRIPT)].map(([, source]) => source);
  const end = html.lastIndexOf('</body>');
  if (sources.length === 0 || end < 0) return html;
  const loader = `<script>(${load})(${JSON.stringify(sources)})</script>`;
  return html.slice(0, end).replaceAll(SCRIPT, '') + loader + html.slice(end);
}

/**
 * Runs in the page.
 *
 * @param {readonly string[]} sources
 */
function load(sources) {
  const start = () => {
    for (const source of sources) {
      const script = document.createElement('script');
      script.src = source;
      script.async = true;
      document.head.append(script);
    }
  };
  // A page in the background is not painted, and some browsers do not tell.
  if (document.hidden || !PerformanceObserver.supportedEntryTypes?.includes('paint')) {
    start();
    return;
  }
  const painted = new PerformanceObserver(() => {
    painted.disconnect();
    start();
  });
  painted.observe({ type: 'paint', buffered: true });
}
