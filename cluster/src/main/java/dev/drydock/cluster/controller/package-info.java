/// The controllers: each drives one kind of object from what is towards what should be.
@NullMarked
package dev.drydock.cluster.controller;

import org.jspecify.annotations.NullMarked;
