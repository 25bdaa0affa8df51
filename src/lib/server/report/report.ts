/**
 * A report that can be sent, in every form it is read in. Who writes it knows the numbers; who
 * sends it knows none of them.
 */
export type Report = {
	/** One line: the subject of a mail, the title in a chat. */
	subject: string;
	/**
	 * A whole HTML document that fetches nothing: its styles stand in it, its pictures are
	 * `<img src="data:image/png;base64,…">`, as `pngUri` makes them. A mail carries them as parts
	 * of its own, because mail clients show no data URIs.
	 */
	html: string;
	/** The same as Markdown, without the pictures. */
	text: string;
	/** The same as data for programs; anything that JSON can say. */
	json: unknown;
};
