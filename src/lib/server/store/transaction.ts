/** Work on the store that happens as a whole or not at all. */
import type { DuckDBConnection } from '@duckdb/node-api';

/**
 * Runs work as one transaction.
 * @param end rollback takes everything back in the end, so that the work was a trial
 */
export async function inTransaction<T>(
	connection: DuckDBConnection,
	end: 'commit' | 'rollback',
	work: (connection: DuckDBConnection) => Promise<T>
): Promise<T> {
	await connection.run('begin transaction');
	try {
		const done = await work(connection);
		await connection.run(end);
		return done;
	} catch (error) {
		await connection.run('rollback').catch(() => undefined);
		throw error;
	}
}
