/** The sections of the site, for the masthead and the footer: where they begin and which addresses belong to them. */
export const sections = [
  { href: '/guides', base: '/guides', name: 'Guides' },
  { href: '/lab/quorum', base: '/lab', name: 'Lab' },
  { href: '/scenarios', base: '/scenarios', name: 'Scenarios' },
] as const;
