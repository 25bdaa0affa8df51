/**
 * Attributes of a fold that is open from the start where something holds. Elsewhere it has none, so
 * that one opened before the scripts came stays open when they do.
 */
export const openWhere = (holds: boolean): { open?: true } => (holds ? { open: true } : {});
