// The pictures that thresholds were chosen on and error rates were counted on; docs/methods/ has the tables.

/** Every pair of 419 different pictures: 87,571 comparisons. Each template was drawn ten times with other content, to be confused. */
export const TUNING_SET =
  '419 different pictures: 35 photographs, 20 drawings, 144 views of 24 drawn rooms, 220 pages, chats, forms, cards and skies on 22 templates';
