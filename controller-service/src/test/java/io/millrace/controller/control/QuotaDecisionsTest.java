package io.millrace.controller.control;

import static io.millrace.controller.control.ControlWorld.done;
import static io.millrace.core.metadata.QuotaKind.PRODUCER_BYTE_RATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.AlterQuotasRequest;
import io.millrace.core.api.AlterQuotasRequest.Alteration;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.QuotaName;
import io.millrace.core.metadata.QuotaRules;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuotaDecisionsTest {
    private final ControlWorld world = new ControlWorld();

    @Test
    void quotasOutliveTheControllerThatSetThem() {
        alter(set(user("alice")), set(user("bob")));
        alter(reset(user("bob")));

        world.killController();

        assertThat(world.image().quotas().all()).hasSize(1);
        assertThat(world.image().quotas().limits(user("alice"))).containsEntry(PRODUCER_BYTE_RATE, 1000.0);
    }

    @Test
    void whatChangesNothingMakesNoNewPicture() {
        alter(set(user("alice")));
        long version = world.image().version();

        alter(set(user("alice")), reset(user("bob")), set(user("carol")), reset(user("carol")));

        assertThat(world.image().version()).isEqualTo(version);
    }

    @Test
    void oneMoreEntityThanThereIsRoomForIsRefused() {
        alter(IntStream.range(0, QuotaRules.ENTITIES_MAX)
                .mapToObj(i -> set(user("u" + i)))
                .toArray(Alteration[]::new));

        List<Outcome<QuotaEntity>> outcomes =
                alter(set(user("late")), set(user("u7")), reset(user("u8")), set(user("later")));

        assertRefused(outcomes.get(0), "10000");
        assertThat(outcomes.subList(1, 4))
                .containsExactly(Outcome.done(user("u7")), Outcome.done(user("u8")), Outcome.done(user("later")));
        assertThat(world.image().quotas().all()).hasSize(QuotaRules.ENTITIES_MAX);
    }

    @Test
    void moreNamesThanAdirectoryCanListAreRefused() {
        int longest = QuotaRules.NAMES_BYTES_MAX / QuotaRules.NAME_LENGTH_MAX;
        alter(IntStream.range(0, longest).mapToObj(i -> set(user(longName(i)))).toArray(Alteration[]::new));

        List<Outcome<QuotaEntity>> outcomes = alter(set(user("x")), reset(user(longName(0))), set(user("x")));

        assertRefused(outcomes.get(0), "262144 bytes");
        assertThat(outcomes.get(2)).isEqualTo(Outcome.done(user("x")));
        assertThat(world.image().quotas().all()).hasSize(longest);
    }

    private List<Outcome<QuotaEntity>> alter(Alteration... alterations) {
        return done(world.await(world.node().alterQuotas(new AlterQuotasRequest(List.of(alterations), false))));
    }

    private static void assertRefused(Outcome<QuotaEntity> outcome, String part) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.refusal()).isInstanceOf(Refusal.InvalidRequest.class);
            assertThat(refused.refusal().message()).contains(part);
        });
    }

    private static String longName(int number) {
        return "/".repeat(QuotaRules.NAME_LENGTH_MAX - 4) + (1000 + number);
    }

    private static QuotaEntity user(String name) {
        return QuotaEntity.ofUser(QuotaName.of(name));
    }

    private static Alteration set(QuotaEntity entity) {
        return new Alteration(entity, new TreeMap<>(Map.of(PRODUCER_BYTE_RATE, 1000.0)), new TreeSet<>());
    }

    private static Alteration reset(QuotaEntity entity) {
        return new Alteration(entity, new TreeMap<>(), new TreeSet<>(List.of(PRODUCER_BYTE_RATE)));
    }
}
