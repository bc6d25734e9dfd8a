package io.millrace.core.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a log relies on, whichever disk it is given. */
public abstract class DiskContract {
    /** The disk to be tested. */
    protected abstract Disk disk();

    /** An existing, empty directory on it. */
    protected abstract Path root();

    @Test
    void writtenBytesAreReadBackFromAnyPosition() throws IOException {
        try (DiskFile file = disk().open(root().resolve("f"))) {
            file.write(bytes("hello world"), 0);

            assertThat(text(file, 6, 5)).isEqualTo("world");
            assertThat(file.size()).isEqualTo(11);
        }
    }

    @Test
    void readingAtTheEndYieldsNothingAndAcrossItLess() throws IOException {
        try (DiskFile file = disk().open(root().resolve("f"))) {
            file.write(bytes("hello"), 0);

            assertThat(file.read(ByteBuffer.allocate(9), 5)).isZero();
            assertThat(file.read(ByteBuffer.allocate(9), 50)).isZero();
            assertThat(file.read(ByteBuffer.allocate(9), 3)).isEqualTo(2);
        }
    }

    @Test
    void manyBuffersAreWrittenOneBehindTheOther() throws IOException {
        try (DiskFile file = disk().open(root().resolve("f"))) {
            file.write(new ByteBuffer[] {bytes("one "), bytes("two "), bytes("three")}, 2);

            assertThat(text(file, 2, 13)).isEqualTo("one two three");
        }
    }

    @Test
    void writingOverReplacesAndBehindTheEndFillsWithZeros() throws IOException {
        try (DiskFile file = disk().open(root().resolve("f"))) {
            file.write(bytes("abc"), 0);
            file.write(bytes("X"), 1);
            file.write(bytes("z"), 4);

            assertThat(text(file, 0, 5)).isEqualTo("aXc\0z");
        }
    }

    @Test
    void truncatedBytesAreGone() throws IOException {
        try (DiskFile file = disk().open(root().resolve("f"))) {
            file.write(bytes("abcdef"), 0);
            file.truncate(2);
            file.write(bytes("f"), 5);

            assertThat(text(file, 0, 6)).isEqualTo("ab\0\0\0f");
        }
    }

    @Test
    void aFileIsCutButNotLengthenedByTruncation() throws IOException {
        try (DiskFile file = disk().open(root().resolve("f"))) {
            assertThatThrownBy(() -> file.truncate(1)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aFileKeepsItsContentWhenOpenedAgain() throws IOException {
        try (DiskFile file = disk().open(root().resolve("f"))) {
            file.write(bytes("kept"), 0);
            file.sync();
        }
        try (DiskFile file = disk().open(root().resolve("f"))) {
            assertThat(text(file, 0, 4)).isEqualTo("kept");
        }
    }

    @Test
    void transferSendsARangeToAChannel() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DiskFile file = disk().open(root().resolve("f"))) {
            file.write(bytes("hello world"), 0);

            assertThat(file.transferTo(6, 100, Channels.newChannel(out))).isEqualTo(5);
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("world");
    }

    @Test
    void namesAreListedInOrder() throws IOException {
        for (String name : new String[] {"c", "a", "b"}) {
            disk().open(root().resolve(name)).close();
        }
        disk().createDirectories(root().resolve("d/e"));

        assertThat(disk().list(root())).containsExactly("a", "b", "c", "d");
        assertThat(disk().exists(root().resolve("d/e"))).isTrue();
        assertThat(disk().exists(root().resolve("x/y"))).isFalse();
    }

    @Test
    void aDirectoryThatHoldsSomethingIsNotReplaced() throws IOException {
        disk().createDirectories(root().resolve("from"));
        disk().createDirectories(root().resolve("to").resolve("kept"));

        assertThatThrownBy(() -> disk().rename(root().resolve("from"), root().resolve("to")))
                .isInstanceOf(IOException.class);

        assertThat(disk().list(root().resolve("to"))).containsExactly("kept");
    }

    @Test
    void renamingReplacesTheTargetAndOpenFilesGoOn() throws IOException {
        try (DiskFile file = disk().open(root().resolve("from"));
                DiskFile replaced = disk().open(root().resolve("to"))) {
            file.write(bytes("new"), 0);
            replaced.write(bytes("old"), 0);

            disk().rename(root().resolve("from"), root().resolve("to"));
            disk().syncDirectory(root());

            assertThat(disk().list(root())).containsExactly("to");
            assertThat(text(replaced, 0, 3)).isEqualTo("old");
            file.write(bytes("NEW"), 0);
        }
        try (DiskFile file = disk().open(root().resolve("to"))) {
            assertThat(text(file, 0, 3)).isEqualTo("NEW");
        }
    }

    @Test
    void aDeletedFileStaysReadableWhereItIsOpen() throws IOException {
        try (DiskFile file = disk().open(root().resolve("f"))) {
            file.write(bytes("here"), 0);
            disk().delete(root().resolve("f"));
            disk().delete(root().resolve("f"));

            assertThat(disk().list(root())).isEmpty();
            assertThat(text(file, 0, 4)).isEqualTo("here");
        }
    }

    @Test
    void onlyAnEmptyDirectoryIsDeleted() throws IOException {
        disk().createDirectories(root().resolve("d"));
        disk().open(root().resolve("d/f")).close();

        assertThatThrownBy(() -> disk().delete(root().resolve("d"))).isInstanceOf(IOException.class);
        disk().delete(root().resolve("d/f"));
        disk().delete(root().resolve("d"));

        assertThat(disk().exists(root().resolve("d"))).isFalse();
    }

    @Test
    void aClosedFileIsOfNoUse() throws IOException {
        DiskFile file = disk().open(root().resolve("f"));
        file.close();

        assertThatThrownBy(file::size).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> file.write(bytes("x"), 0)).isInstanceOf(IOException.class);
    }

    @Test
    void noFileIsOpenedInADirectoryThatIsNotThere() {
        assertThatThrownBy(() -> disk().open(root().resolve("none/f"))).isInstanceOf(IOException.class);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(DiskFile file, long position, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        assertThat(file.read(buffer, position)).isEqualTo(count);
        return StandardCharsets.UTF_8.decode(buffer.flip()).toString();
    }
}
