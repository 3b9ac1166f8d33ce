// How much detail a picture needs before local methods say anything about it.

/** Share of the 64 x 64 cells that stand out from their neighbours, per cent. Smooth gradients have none, photographs 12 and more. */
export const MIN_DETAIL_PERCENT = 3;
