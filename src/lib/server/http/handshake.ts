/** How the command line and the server know each other: by the token in server.json. */
import { createHash } from 'node:crypto';

/** The header in which the command line shows the token. */
export const tokenHeader = 'x-seam-token';

/** The header in which the server shows that the token is its own. */
export const proofHeader = 'x-seam-proof';

/**
 * What only the server of this token answers with. Another program that took over its port, or a
 * Seam on another data folder, cannot.
 */
export const proofOf = (token: string) => createHash('sha256').update(token).digest('hex');
