package io.millrace.gateway.rest;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Does wrong what controllers can do wrong. */
@RestController
class FailingResource {
    @GetMapping("/test/bug")
    String bug() {
        throw new IllegalStateException("a secret of io.millrace.Something");
    }

    @GetMapping("/test/number/{number}")
    int number(@PathVariable int number) {
        return number;
    }

    @PostMapping(path = "/test/json", consumes = "application/json", produces = "application/json")
    Shape json(@RequestBody Shape shape) {
        return shape;
    }

    record Shape(String someName) {}
}
