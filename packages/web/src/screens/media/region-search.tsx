// Searching for a part of a picture that is looked at: it is revealed first, since nobody can point at what they do not see. What is searched by is the clear
// rendition that this tab holds; the server stores nothing of it.
import type { Media } from '@redthread/core/contract';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { Kbd } from '../../app/own-keys.js';
import { holdPicture } from '../../api/held-pictures.js';
import { useKeys } from '../../app/keys.js';
import { ratioOf, regionText, type Box } from '../../layout/region.js';
import { ChoosePart } from '../../media/choose-part.js';
import { RegionPicker } from '../../media/region-picker.js';
import type { Reveal } from '../../media/reveal.js';
import { hasPicture } from '../../media/safe-media.js';
import { t } from '../../text/index.js';

interface RegionSearch {
  /** Over the picture, while a part is chosen. */
  readonly picker: ReactNode;
  readonly control: ReactNode;
}

/** Whose turn it is to have a part chosen. */
export interface Turn {
  readonly choosing: boolean;
  readonly choose: (on: boolean) => void;
}

export const useRegionSearch = (media: Media, reveal: Reveal, { choosing, choose }: Turn): RegionSearch => {
  const navigate = useNavigate();
  const [isSmall, setSmall] = useState(false);
  const { state } = reveal;
  const toggle = (): void => {
    // Where a clear picture ends with its key, the rectangle is dragged while R is held.
    if (!choosing && !reveal.kept) reveal.keep?.();
    choose(!choosing);
    setSmall(false);
  };
  useKeys(t.media.title, [{ action: 'region', run: toggle }], { active: hasPicture(media) });
  useKeys(t.search.region, [{ action: 'close', words: t.common.cancel, run: () => choose(false) }], {
    active: choosing,
  });
  const pick = async (region: Box): Promise<void> => {
    if (state.status !== 'clear') return;
    const picture = await holdPicture(new File([state.blob], media.id));
    await navigate({ to: '/search', search: { picture, region: regionText(region) } });
  };
  return {
    picker: choosing && state.status === 'clear' && (
      <RegionPicker ratio={ratioOf(media)} onPick={(region) => void pick(region)} onTooSmall={() => setSmall(true)} />
    ),
    control: (
      <ChoosePart words={t.search.region} on={choosing} choosing={choosing} isSmall={isSmall} onClick={toggle}>
        <Kbd action="region" />
      </ChoosePart>
    ),
  };
};
