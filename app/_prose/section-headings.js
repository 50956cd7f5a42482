// Plain JavaScript, because two worlds read it: the components, and the compiler's plugin, which Node loads as it stands.

/**
 * The components that open a section of a guide: the id and the title that each has unless the author gives others.
 * They appear in the contents of the guide beside its `##` headings.
 * @type {Readonly<Record<string, { readonly id: string, readonly title: string }>>}
 */
export const sectionHeadings = {
  Predict: { id: 'predict', title: 'Predict' },
  Pitfall: { id: 'pitfall', title: 'Pitfall' },
  WhenNot: { id: 'when-not', title: 'When not to' },
  Recap: { id: 'recap', title: 'Recap' },
  Questions: { id: 'review', title: 'Questions for a review' },
  Sources: { id: 'sources', title: 'Sources' },
};
