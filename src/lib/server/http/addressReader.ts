/** Reads what an address asks for; what is not understood is left out, with a note. */

/** So many choices are named in a note; more stand on the page. */
const mostNamed = 12;
const longestShown = 60;

/** The parameters of an address, read one after the other; its notes grow with them. */
export class AddressReader {
	/** what was not understood and left out, a sentence each */
	readonly notes: string[] = [];
	protected readonly parameters: URLSearchParams;

	constructor(parameters: URLSearchParams) {
		this.parameters = parameters;
	}

	/** A value as `read` makes it; an empty one comes from a form's empty field. */
	one<T>(name: string, allowed: string, read: (text: string) => T | undefined): T | undefined {
		const text = this.parameters.get(name)?.trim() ?? '';
		if (text === '') return undefined;
		const value = read(text);
		if (value === undefined) this.leaveOut(name, text, allowed);
		return value;
	}

	/** The one of some values that is named; null where none is. */
	oneOf<Value extends string | number>(name: string, values: readonly Value[]): Value | null {
		const read = (text: string) => values.find((value) => String(value) === text);
		return this.one(name, listed(values), read) ?? null;
	}

	/** Those of some values that are named, each once, in their order. */
	several<Value extends string>(name: string, values: readonly Value[]): Value[] {
		const named = new Set(this.parameters.getAll(name));
		for (const text of named)
			if (text !== '' && !values.some((value) => value === text))
				this.leaveOut(name, text, listed(values));
		return values.filter((value) => named.has(value));
	}

	protected leaveOut(name: string, text: string, allowed: string): void {
		const shown = text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
		this.notes.push(`${name}=${shown} was left out: it takes ${allowed}.`);
	}
}

const listed = (values: readonly (string | number)[]) =>
	values.length > mostNamed
		? 'one of the values that the page offers'
		: values.filter((value) => value !== '').join(', ');
