/** As React prints a script that need not wait for others. Inside the data of a page `<` is escaped, so that this finds tags only. */
const SCRIPT = /<script src="([^"]+)" async=""><\/script>/g;

/** Told to the document once React has taken the page over. */
export const AWAKE = 'faultline:awake';

/**
 * The page with its scripts asked for once its text is on the screen, instead of while it arrives. The order in which they run was open before, and is.
 * What a reader presses before the page is awake is done then.
 *
 * @param {string} html A page as Next prerenders it.
 * @returns {string} The same page where it has no such scripts.
 */
export function paintFirst(html) {
  const sources = [...html.matchAll(SCRIPT)].map(([, source]) => source);
  const end = html.lastIndexOf('</body>');
  if (sources.length === 0 || end < 0) return html;
  const loader = `<script>(${load})(${JSON.stringify(sources)},${JSON.stringify(AWAKE)})</script>`;
  return html.slice(0, end).replaceAll(SCRIPT, '') + loader + html.slice(end);
}

/**
 * Runs in the page.
 *
 * @param {readonly string[]} sources
 * @param {string} awake
 */
function load(sources, awake) {
  /** @type {Set<HTMLElement>} */
  const pressed = new Set();
  const keep = (/** @type {MouseEvent} */ { target }) => {
    const control = /** @type {Element} */ (target).closest('button, input[type="radio"], input[type="checkbox"]');
    if (control !== null) pressed.add(/** @type {HTMLElement} */ (control));
  };
  const press = (/** @type {HTMLElement} */ control) => {
    // The browser has changed it already: changed back, so that the press is seen as a change.
    if (control instanceof HTMLInputElement) control.checked = !control.checked;
    control.click();
  };
  let missing = sources.length;
  const arrived = () => {
    missing--;
    // From the last script on, React hears each press itself.
    if (missing === 0) removeEventListener('click', keep, true);
  };
  const start = () => {
    for (const source of sources) {
      const script = document.createElement('script');
      script.src = source;
      script.async = true;
      script.onload = arrived;
      document.head.append(script);
    }
  };
  addEventListener('click', keep, true);
  document.addEventListener(awake, () => pressed.forEach(press), { once: true });
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
