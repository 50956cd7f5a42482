/** The page whose HTML was fetched last: all its pictures are in it. */
let fetched: { readonly path: string; readonly page: Promise<Document | undefined> } | undefined;

/** What the page's own HTML has inside the element of that id; nothing when the HTML does not come, and the next visit asks again. */
export async function marksOf(path: string, id: string): Promise<readonly Node[]> {
  if (fetched?.path !== path) fetched = { path, page: fetchPage(path) };
  const marks = (await fetched.page)?.getElementById(id)?.childNodes ?? [];
  return [...marks].map((mark) => document.importNode(mark, true));
}

async function fetchPage(path: string): Promise<Document | undefined> {
  try {
    const response = await fetch(path);
    if (response.ok) return new DOMParser().parseFromString(await response.text(), 'text/html');
  } catch {
    // Offline: the words around the pictures stand without them.
  }
  fetched = undefined;
  return undefined;
}
