package io.millrace.gateway.kafka.handler.admin;

import io.millrace.core.api.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * What is asked about partitions, each with the place in the response that its outcome goes to.
 *
 * @param <Q> a question
 * @param <A> a place for its answer
 */
final class Questions<Q, A> {
    private final List<Q> questions = new ArrayList<>();
    private final List<A> answers = new ArrayList<>();

    void add(Q question, A answer) {
        questions.add(question);
        answers.add(answer);
    }

    List<Q> list() {
        return questions;
    }

    /** Fills in the outcomes, which are in the order of the questions. */
    <T> void fill(List<Outcome<T>> outcomes, BiConsumer<A, Outcome<T>> fill) {
        for (int i = 0; i < outcomes.size(); i++) {
            fill.accept(answers.get(i), outcomes.get(i));
        }
    }
}
