package io.millrace.history.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.history.History;
import io.millrace.history.HistoryRecorder;
import io.millrace.history.Promise;
import io.millrace.history.ReadRecords;
import io.millrace.history.Retrying;
import io.millrace.history.Sending;
import io.millrace.history.Writes;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HistoryTextTest {
    private static final String TEXT = """
            {"history":1}
            {"partition":0,"topic":"o\\"r\\\\d\\u0007é","number":3}
            {"producer":0,"name":"p0","sending":"IN_ORDER","retrying":"IDEMPOTENT"}
            {"consumer":0,"name":"c0"}
            {"consumer":1,"name":"f0","finallyReads":0,"reachedLogEnd":120}
            {"consumer":2,"name":"f1","finallyReads":0}
            {"write":0,"producer":0,"partition":0,"promise":"DURABLE","attempts":1,"invoked":5,"ended":9,"outcome":"OK","offset":0}
            {"write":1,"producer":0,"partition":0,"promise":"BEST_EFFORT","attempts":2,"invoked":9}
            {"write":2,"producer":0,"partition":0,"promise":"DURABLE","attempts":1,"invoked":10,"ended":11,"outcome":"OK"}
            {"write":3,"producer":0,"partition":0,"promise":"DURABLE","attempts":1,"invoked":12,"ended":13,"outcome":"FAILED"}
            {"write":4,"producer":0,"partition":0,"promise":"DURABLE","attempts":1,"invoked":14,"ended":15,"outcome":"UNKNOWN"}
            {"poll":0,"consumer":0,"partition":0,"from":0,"invoked":4,"ended":12,"records":[0,0,1,-7]}
            {"poll":1,"consumer":0,"partition":0,"from":2,"invoked":13,"ended":14}
            {"poll":2,"consumer":1,"partition":0,"from":0,"invoked":15,"ended":16,"records":[]}
            {"writes":5,"polls":3}
            """;

    @Test
    void aHistoryIsWrittenAsTheFormatSays() throws IOException {
        // Given
        HistoryRecorder recorder = new HistoryRecorder();
        int partition = recorder.partition("o\"r\\d\u0007é", 3);
        int producer = recorder.producer("p0", Sending.IN_ORDER, Retrying.IDEMPOTENT);
        int consumer = recorder.consumer("c0");
        int reader = recorder.finalReader("f0", partition);
        recorder.finalReader("f1", partition);
        recorder.acknowledged(recorder.invoked(producer, partition, Promise.DURABLE, 5), 0, 9);
        recorder.attemptedAgain(recorder.invoked(producer, partition, Promise.BEST_EFFORT, 9));
        recorder.acknowledged(recorder.invoked(producer, partition, Promise.DURABLE, 10), Writes.NO_OFFSET, 11);
        recorder.failed(recorder.invoked(producer, partition, Promise.DURABLE, 12), 13);
        recorder.unknown(recorder.invoked(producer, partition, Promise.DURABLE, 14), 15);
        recorder.polled(
                consumer, partition, 0, 4, 12, new ReadRecords().add(0, 0).add(1, -7));
        recorder.pollFailed(consumer, partition, 2, 13, 14);
        recorder.polled(reader, partition, 0, 15, 16, new ReadRecords());
        recorder.reachedLogEnd(reader, 120);

        // When
        String text = text(recorder.finish());

        // Then
        assertThat(text).isEqualTo(TEXT);
    }

    @Test
    void whatIsReadIsWrittenTheSame() throws IOException {
        assertThat(text(HistoryReader.read(new StringReader(TEXT)))).isEqualTo(TEXT);
    }

    @Test
    void aTextThatWasCutOffIsRefusedWhereverItWasCut() {
        List<String> lines = TEXT.lines().toList();
        for (int kept = 0; kept < lines.size(); kept++) {
            String cut = String.join("\n", lines.subList(0, kept));
            assertThatExceptionOfType(HistoryFormatException.class)
                    .isThrownBy(() -> HistoryReader.read(new StringReader(cut)))
                    .withMessageContaining("ends before its last line");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "history":1      | "history":2         | line 1: "history" is 2 where 1 is due
            "number":3       | "number":3,"x":1    | line 2: unknown keys [x]
            "number":3       | "number":99999999999| line 2: "number" is too large
            "number":3       | "number":"3"        | line 2: needs a number as "number"
            "number":3       | "number":3,"topic":1| line 2: "topic" comes twice
            \\u0007          | \\u00               | line 2: an unknown escape
            \\u0007          | \\t                 | line 2: an unknown escape
            "IN_ORDER"       | "SOMEHOW"           | line 3: "sending" cannot be SOMEHOW
            "p0"             | 7                   | line 3: needs a text as "name"
            "finallyReads":0,"r | "finallyReads":9,"r | line 5: does not fit what comes before it
            "write":0        | "write":1           | line 7: "write" is 1 where 0 is due
            "attempts":2     | "attempts":0        | line 8: a write is attempted once at least
            "ended":11       | "ended":1           | line 9: does not fit what comes before it: invoked at 10 but ended at 1
            "poll":0         | "pole":0            | line 12: an unknown sort of line: pole
            [0,0,1,-7]       | [0,0,1]             | line 12: ',' is due
            [0,0,1,-7]       | [0,0;1,-7]          | line 12: ',' or ']' is due
            [0,0,1,-7]       | [0,0,1,x]           | line 12: a number is due
            "polls":3}       | "polls":3           | line 15: the line ends too early
            "polls":3}       | "polls":3}}         | line 15: text after the object
            "polls":3}       | "polls":2}          | line 15: "polls" is 2 where 3 is due
            """)
    void aLineThatDoesNotFitIsRefusedByNumber(String right, String wrong, String refusal) {
        assertThat(TEXT).contains(right);
        assertThatExceptionOfType(HistoryFormatException.class)
                .isThrownBy(() -> HistoryReader.read(new StringReader(TEXT.replace(right, wrong))))
                .withMessageContaining(refusal);
    }

    private static String text(History history) throws IOException {
        StringBuilder text = new StringBuilder();
        HistoryWriter.write(history, text);
        return text.toString();
    }
}
