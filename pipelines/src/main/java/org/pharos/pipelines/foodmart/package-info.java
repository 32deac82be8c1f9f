/** A retailer's sales, customers and products (FoodMart), from a Maven artifact into tables. */
@NullMarked
@CheckReturnValue
package org.pharos.pipelines.foodmart;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
