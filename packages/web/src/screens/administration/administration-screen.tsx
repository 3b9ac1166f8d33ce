// Administration: the users and handling codes of the viewer's agency, and for an operator the agencies of the instance.
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { meQuery } from '../../api/queries.js';
import { usePlace } from '../../app/place.js';
import { Async } from '../../parts/async.js';
import { Teach } from '../../parts/teach.js';
import { t } from '../../text/index.js';
import { Agencies } from './agencies.js';
import { HandlingCodes } from './handling-codes.js';
import { SignInProvider } from './sign-in-provider.js';
import { SignInRule } from './sign-in-rule.js';
import { Users } from './users.js';

export const AdministrationScreen = (): ReactNode => {
  const me = useQuery(meQuery);
  usePlace([{ words: t.administration.title }]);
  return (
    <div className="page">
      <Async query={me}>
        {({ operator, roles }) => (
          <>
            {roles.includes('administrator') && (
              <>
                <Users />
                <SignInRule />
                <SignInProvider />
              </>
            )}
            {roles.some((role) => role === 'administrator' || role === 'coordinator') && <HandlingCodes />}
            {operator && <Agencies />}
            {!operator && !roles.some((role) => role === 'administrator' || role === 'coordinator') && (
              <Teach title={t.administration.needsRight} />
            )}
          </>
        )}
      </Async>
    </div>
  );
};
