package io.millrace.system.client;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.millrace.system.client.Attempt.Fate;
import io.millrace.v1.Record;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReckoningTest {
    private static final Attempt A = new Attempt("a", 0, 1, 2, new Fate.Stored(0));
    private static final Attempt B = new Attempt("b", 0, 3, 4, new Fate.Stored(1));
    private static final Attempt UNKNOWN = new Attempt("u", 0, 5, 6, new Fate.Unknown("no answer"));
    private static final Attempt REFUSED = new Attempt("r", 0, 5, 6, new Fate.Refused("no leader"));

    @Test
    void whatWasPromisedIsThereAndTheUnknownMayBe() {
        assertThatCode(() -> Reckoning.check(List.of(A, B, UNKNOWN), List.of(at(0, "a"), at(1, "b"))))
                .doesNotThrowAnyException();
        assertThatCode(() -> Reckoning.check(List.of(A, B, UNKNOWN), List.of(at(0, "a"), at(1, "b"), at(2, "u"))))
                .doesNotThrowAnyException();
    }

    @Test
    void anAcknowledgedRecordThatIsNotThereIsLost() {
        contradiction(List.of(A, B), List.of(at(0, "a")), "b was acknowledged at offset 1");
    }

    @Test
    void anAcknowledgedRecordSomewhereElseIsLost() {
        contradiction(List.of(A, B), List.of(at(0, "b"), at(1, "a")), "a was acknowledged at offset 0");
    }

    @Test
    void aRefusedRecordMustNotBeThere() {
        contradiction(List.of(A, REFUSED), List.of(at(0, "a"), at(1, "r")), "r, which was refused: no leader");
    }

    @Test
    void aRecordThatIsThereTwiceIsFound() {
        contradiction(List.of(A), List.of(at(0, "a"), at(1, "a")), "has a again");
    }

    @Test
    void aRecordFromNowhereIsFound() {
        contradiction(List.of(A), List.of(at(0, "a"), at(1, "x")), "x, which nobody sent");
    }

    @Test
    void aGapIsFound() {
        contradiction(List.of(A, UNKNOWN), List.of(at(0, "a"), at(2, "u")), "offset 2 follows a gap from 1");
    }

    @Test
    void recordsInAnotherOrderThanTheyWereSentInAreFound() {
        Attempt late = new Attempt("late", 0, 9, 9, new Fate.Unknown("no answer"));
        contradiction(List.of(late, UNKNOWN), List.of(at(0, "late"), at(1, "u")), "behind one that was sent later");
    }

    private static void contradiction(List<Attempt> attempts, List<Record> found, String words) {
        assertThatThrownBy(() -> Reckoning.check(attempts, found))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(words);
    }

    private static Record at(long offset, String value) {
        return Record.newBuilder()
                .setOffset(offset)
                .setValue(ByteString.copyFromUtf8(value))
                .build();
    }
}
