import { again } from './again.ts';
import type { ObjectRef } from './api-objects.ts';
import { MANAGER } from './names.ts';
import { ourEntry } from './state.ts';
import type { World } from './world.ts';

/**
 * Gives up the fields of an object that our patches made us the owner of. With our entry there the true
 * owner's next server-side apply fails with a conflict, even after an uninstall; removing it takes no more
 * than the right to patch (measured on Kubernetes 1.36, where a test that fails is answered with 422).
 */
export async function disown({ api, ...clock }: World, object: ObjectRef): Promise<void> {
  await again(clock, async () => {
    for (;;) {
      const { metadata } = await api.get(object, 'metadata');
      const index = ourEntry(metadata.managedFields ?? []);
      if (index < 0) return;
      const entry = `/metadata/managedFields/${index}`;
      // Somebody else's write may have moved the list: remove what was read, or nothing.
      await api.jsonPatch(object, [
        { op: 'test', path: `${entry}/manager`, value: MANAGER },
        { op: 'test', path: `${entry}/operation`, value: 'Update' },
        { op: 'remove', path: entry },
      ]);
    }
  });
}
