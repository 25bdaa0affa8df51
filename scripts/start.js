import { build, complain, install, requireNode } from './install.js';
import { launch } from './launch.js';

try {
	requireNode();
	endWithNpm();
	await install();
	await build();
	await launch(['serve', ...process.argv.slice(2)]);
} catch (error) {
	complain(error);
}

/**
 * A signal to `npm start` reaches the shell between npm and this process and ends there; the
 * server would stay behind with its database open. The change of parent is what can be seen of it.
 */
function endWithNpm() {
	if (!process.env.npm_lifecycle_event) return;
	const parent = process.ppid;
	setInterval(() => {
		if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
	}, 500).unref();
}
