#!/usr/bin/env node
import { complain, requireNode } from './install.js';
import { launch } from './launch.js';

try {
	requireNode();
	await launch(process.argv.slice(2));
} catch (error) {
	complain(error);
}
