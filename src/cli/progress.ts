import type { Progress } from '../../ingest/import.ts';

const number = (n: number) =>
	Math.round(n)
		.toString()
		.replace(/\B(?=(\d{3})+$)/g, ' ');

/** A line on the terminal with rows, rate and time left; silent where nobody watches. */
export function showProgress(stream: NodeJS.WriteStream = process.stderr) {
	const began = performance.now();
	let latest: Progress | null = null;
	const draw = () => {
		if (!latest) return;
		const seconds = (performance.now() - began) / 1000;
		stream.write(
			`\r\x1b[K${progressLine(latest, seconds).slice(0, (stream.columns || 80) - 1)}`
		);
	};
	const timer = stream.isTTY ? setInterval(draw, 200).unref() : undefined;
	return {
		show(progress: Progress) {
			latest = progress;
			if (stream.isTTY) draw();
		},
		end() {
			clearInterval(timer);
			if (stream.isTTY) stream.write('\r\x1b[K');
		}
	};
}

/** What is said of an import that has been running for some seconds. */
export function progressLine(progress: Progress, seconds: number): string {
	const rate = seconds > 0 ? progress.lines / seconds : 0;
	const left =
		progress.fraction > 0 ? (seconds * (1 - progress.fraction)) / progress.fraction : null;
	const parts = [
		progress.phase,
		progress.file?.split(/[\\/]/).at(-1),
		`${number(progress.lines)} lines`,
		rate > 0 ? `${number(rate)}/s` : undefined,
		progress.phase === 'reading' && left !== null ? `${Math.ceil(left)} s left` : undefined
	];
	return parts.filter((part) => part !== undefined).join(' · ');
}
