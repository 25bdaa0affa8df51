import type { Progress } from '../../ingest/import.ts';
import { grouped } from '../lib/format.ts';

const number = (n: number) => grouped(String(Math.round(n)), '\u00a0');

/** A line on the terminal with rows, rate and time left; silent where nobody watches. */
export function showProgress(stream: NodeJS.WriteStream = process.stderr) {
	const began = performance.now();
	const secondsIn = () => (performance.now() - began) / 1000;
	let latest: Progress | undefined;
	/** Seconds that all lines read so far took. */
	let read = 0;
	const draw = () => {
		if (!latest) return;
		const line = progressLine(latest, { seconds: secondsIn(), read });
		stream.write(`\r\x1b[K${line.slice(0, (stream.columns || 80) - 1)}`);
	};
	const timer = stream.isTTY ? setInterval(draw, 500).unref() : undefined;
	return {
		show(progress: Progress) {
			if (progress.lines !== latest?.lines) read = secondsIn();
			latest = progress;
			if (stream.isTTY) draw();
		},
		end() {
			clearInterval(timer);
			if (stream.isTTY && latest) stream.write('\r\x1b[K');
			latest = undefined;
		}
	};
}

/**
 * What is said of an import.
 * @param times seconds since it began, and until its latest lines were read
 */
export function progressLine(
	progress: Progress,
	{ seconds, read }: { seconds: number; read: number }
): string {
	const { phase, file, lines, fraction } = progress;
	const isReading = phase === 'reading';
	const left = fraction > 0 ? Math.max(0, read / fraction - seconds) : undefined;
	const parts = [
		phase,
		file?.split(/[\\/]/).at(-1),
		lines > 0 ? `${number(lines)} lines` : undefined,
		lines > 0 && read > 0 ? `${number(lines / read)}/s` : undefined,
		isReading && left !== undefined
			? `${Math.ceil(left)} s left`
			: `${Math.floor(seconds)} s so far`
	];
	return parts.filter((part) => part !== undefined).join(' · ');
}
