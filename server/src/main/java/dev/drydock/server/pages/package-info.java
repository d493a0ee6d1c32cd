/// The pages: typed views and the templates that set them.
@NullMarked
package dev.drydock.server.pages;

import org.jspecify.annotations.NullMarked;
