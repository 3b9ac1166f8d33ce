// Brings an exhibit into a case from this browser: files, folders, or one archive.
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { caseQuery, meQuery } from '../../api/queries.js';
import { usePlace } from '../../app/place.js';
import { useScopeTrail } from '../../app/use-scope.js';
import { Async } from '../../parts/async.js';
import { useUpload } from '../../parts/use-upload.js';
import { t } from '../../text/index.js';
import styles from './add-exhibit.module.css';
import { UploadForm } from './upload-form.js';
import { UploadView } from './upload-progress.js';

const route = getRouteApi('/shell/cases/$caseId/add');
const words = t.upload;

export const AddExhibitScreen = (): ReactNode => {
  const { caseId } = route.useParams();
  const { exhibit } = route.useSearch();
  const theCase = useQuery(caseQuery(caseId));
  const me = useQuery(meQuery).data;
  const upload = useUpload();
  usePlace([...useScopeTrail({ case: caseId }), { words: words.title }]);
  return (
    <div className="page">
      <Async query={theCase}>
        {(one) => {
          if (upload?.caseId === caseId) return <UploadView upload={upload} />;
          if (upload !== null && upload.end === null)
            return (
              <div className={styles['form']}>
                <p role="status">
                  {words.elsewhere(upload.job.exhibit, upload.job.case)}{' '}
                  <Link to="/cases/$caseId/add" params={{ caseId: upload.caseId }} className="link">
                    {words.sending(upload.job.exhibit)}
                  </Link>
                </p>
              </div>
            );
          return me === undefined ? null : <UploadForm key={caseId} one={one} userId={me.id} exhibit={exhibit} />;
        }}
      </Async>
    </div>
  );
};
