package io.millrace.history.check;

import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Plants one fault into a right history; false when this one offers no place for it. */
interface Planter {
    boolean plant(Draft draft, Random random);

    static <T> Optional<T> pick(List<T> candidates, Random random) {
        return candidates.isEmpty() ? Optional.empty() : Optional.of(candidates.get(random.nextInt(candidates.size())));
    }
}
