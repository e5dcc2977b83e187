@org.jspecify.annotations.NullMarked
package com.vibnai.abuse;
