// What an export is, as the page of one of its chats says it.
import type { ChatExport } from '@redthread/core/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { MiddleCut } from '../../form/copyable.js';
import { Facts } from '../../parts/facts.js';
import { exhibitName } from '../../text/format.js';
import { t } from '../../text/index.js';

const words = t.chats.exports;

/** How its dates were read, and by whom where the file left it open. */
export const orderInWords = ({ dateOrder, dateOrderBy }: ChatExport): string =>
  dateOrder === null
    ? words.states['asks-date-order']
    : `${words.orders[dateOrder]}, ${dateOrderBy === null ? words.fromFile : words.saidBy(dateOrderBy)}`;

export const formatInWords = ({ format, platform, language }: ChatExport): string =>
  [words.formats[format], words.platform[platform], ...(language === null ? [] : [language])].join(', ');

export const ExportFacts = ({ one }: { one: ChatExport }): ReactNode => (
  <Facts
    rows={[
      [
        t.common.exhibit,
        <Link key="exhibit" to="/exhibits/$exhibitId" params={{ exhibitId: one.exhibit.id }} className="link">
          {exhibitName(one.case.reference, one.exhibit.reference)}
        </Link>,
      ],
      [t.common.agency, `${one.agency.name} (${one.agency.country})`],
      [
        t.common.path,
        <Link key="path" to="/media/$mediaId" params={{ mediaId: one.mediaId }}>
          <MiddleCut text={one.path} tail={12} />
        </Link>,
      ],
      [words.format, formatInWords(one)],
      [words.order, orderInWords(one)],
    ]}
  />
);
