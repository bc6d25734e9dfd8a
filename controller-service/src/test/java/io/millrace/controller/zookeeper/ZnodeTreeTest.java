package io.millrace.controller.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ZnodeTreeTest {
    private final ZnodeTree tree = new ZnodeTree(List.of("/topics"));

    @Test
    void directoriesAppearWithTheFirstRecordBelowThem() {
        assertThat(tree.put("/topics/t/partitions/0", "p0"))
                .containsExactly(
                        new ZnodeStep.Create("/topics/t", ""),
                        new ZnodeStep.Create("/topics/t/partitions", ""),
                        new ZnodeStep.Create("/topics/t/partitions/0", "p0"));
        assertThat(tree.put("/topics/t/partitions/1", "p1"))
                .containsExactly(new ZnodeStep.Create("/topics/t/partitions/1", "p1"));
    }

    @Test
    void aDirectoryMayBecomeArecordAndBack() {
        tree.put("/topics/t/partitions/0", "p0");

        assertThat(tree.put("/topics/t", "t")).containsExactly(new ZnodeStep.Set("/topics/t", "t"));
        assertThat(tree.remove("/topics/t")).containsExactly(new ZnodeStep.Set("/topics/t", ""));
    }

    @Test
    void directoriesGoWithTheLastRecordBelowThem() {
        tree.put("/topics/t/partitions/0", "p0");
        tree.put("/topics/t", "t");
        tree.remove("/topics/t");

        assertThat(tree.remove("/topics/t/partitions/0"))
                .containsExactly(
                        new ZnodeStep.Delete("/topics/t/partitions/0"),
                        new ZnodeStep.Delete("/topics/t/partitions"),
                        new ZnodeStep.Delete("/topics/t"));
    }

    @Test
    void directoriesOfTheLayoutStay() {
        tree.put("/topics/t", "t");

        assertThat(tree.remove("/topics/t")).containsExactly(new ZnodeStep.Delete("/topics/t"));
    }

    @Test
    void whatWasFoundIsSetAndNotCreated() {
        tree.found("/topics/t", true);

        assertThat(tree.put("/topics/t", "t")).containsExactly(new ZnodeStep.Set("/topics/t", "t"));
    }

    @Test
    void removingNothingTakesNoStep() {
        tree.put("/topics/t/partitions/0", "p0");

        assertThat(tree.remove("/topics/t")).isEmpty();
        assertThat(tree.remove("/topics/other")).isEmpty();
    }

    @Test
    void nothingLiesOutsideTheLayout() {
        assertThatThrownBy(() -> tree.put("/elsewhere/t", "t")).isInstanceOf(IllegalArgumentException.class);
    }
}
