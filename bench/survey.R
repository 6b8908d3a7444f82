# The estimates of `python -m bench` in R's survey package, for some of the initiatives.
# Kind to R: the shares of an item in one call, intervals by the closed form of the logit, changes
# from the waves' own variances without the covariance, no exact tests.
# Usage: Rscript survey.R answers.csv items.csv population
suppressMessages(library(survey))
arguments <- commandArgs(trailingOnly = TRUE)
answers <- read.csv(arguments[1], colClasses = "character", na.strings = "", check.names = FALSE)
items <- read.csv(arguments[2], colClasses = "character", na.strings = "")
answers$N <- as.numeric(arguments[3])
logit <- function(p, se, df) {
  half <- qt(0.975, df) * se / (p * (1 - p))
  cbind(plogis(qlogis(p) - half), plogis(qlogis(p) + half))
}
figures <- function(x, frame) {   # x: one column per measure, NA outside the base
  known <- !is.na(x[, 1])
  if (sum(known) < 2) return(NULL)
  design <- svydesign(~1, fpc = ~N, data = frame[known, "N", drop = FALSE])
  m <- svymean(x[known, , drop = FALSE], design)
  cbind(coef(m), SE(m), logit(coef(m), SE(m), sum(known) - 1))
}
indicators <- function(a, codes) sapply(codes, function(set) as.numeric(a %in% strsplit(set, " ")[[1]]))
started <- proc.time()["elapsed"]
rows <- 0
for (one in split(answers, answers$initiative)) {
  waves <- split(one, one$wave)
  found <- lapply(waves, function(wave) {
    lapply(seq_len(nrow(items)), function(i) {
      a <- wave[[items$column[i]]]
      substantive <- strsplit(items$codes[i], " ")[[1]]
      unsure <- strsplit(items$dont_know[i], " ")[[1]]
      sets <- strsplit(items$sets[i], ";")[[1]]
      x <- indicators(a, sets)
      if (items$type[i] == "ordinal") x <- cbind(x, suppressWarnings(as.numeric(a)))
      x[!(a %in% substantive), ] <- NA
      result <- figures(x, wave)
      if (!is.na(items$dont_know[i])) {
        with <- indicators(a, c(sets, items$dont_know[i]))
        with[!(a %in% c(substantive, unsure)), ] <- NA
        result <- rbind(result, figures(with, wave))
      }
      result
    })
  })
  rows <- rows + sum(sapply(found, function(w) sum(sapply(w, NROW))))
  for (pair in list(c(1, 2), c(1, 3), c(2, 3))) for (i in seq_len(nrow(items))) {
    a <- found[[pair[1]]][[i]]; b <- found[[pair[2]]][[i]]
    change <- b[, 1] - a[, 1]; se <- sqrt(a[, 2]^2 + b[, 2]^2)
    p <- 2 * pt(-abs(change / se), nrow(one) / 3 - 1)
  }
  for (wave in waves) for (item in items$column[endsWith(items$column, ".now")]) {
    now <- suppressWarnings(as.numeric(wave[[item]]))
    wanted <- suppressWarnings(as.numeric(wave[[sub("now$", "wanted", item)]]))
    now[now == 9] <- NA; wanted[wanted == 9] <- NA
    figures(cbind(wanted - now), wave)
  }
}
cat(proc.time()["elapsed"] - started, rows, "\n")
