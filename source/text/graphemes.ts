let segmenter: Intl.Segmenter | undefined;

/** Characters as a person counts them. What tells them is made when it is needed: that takes some milliseconds of a start. */
export const graphemes = (text: string): Intl.Segments => {
	segmenter ??= new Intl.Segmenter();
	return segmenter.segment(text);
};
