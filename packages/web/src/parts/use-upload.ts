// The upload of this tab, for whoever began it.
import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { meQuery } from '../api/queries.js';
import { currentUpload, subscribeUpload, type Upload } from '../upload/upload-state.js';

/** Null where there is none, or somebody else has signed in since. */
export const useUpload = (): Upload | null => {
  const upload = useSyncExternalStore(subscribeUpload, currentUpload);
  const me = useQuery(meQuery).data;
  return upload !== null && upload.userId === me?.id ? upload : null;
};
