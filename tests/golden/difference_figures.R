# Writes difference_figures.csv: what R's survey package says of changes and gaps in companies.csv.
# jobs_before is the first wave and jobs the second, of the same companies ("paired") or taken as two
# samples drawn apart ("independent"). Run in this folder: Rscript difference_figures.R
suppressMessages(library(survey))
d <- read.csv("companies.csv", na.strings = "")
d$told <- d$jobs %% 7 != 0
d$wanted <- ifelse(d$told, pmin(5, d$score + d$jobs %% 3), 0)  # not NA: R multiplies before it leaves out
d$gap <- d$wanted - d$score
out <- NULL
note <- function(design, what, figure, value)
  out <<- rbind(out, data.frame(design, what, figure, value = format(as.numeric(value), digits = 15)))
told <- function(design, what, estimate, df) {
  ci <- c(coef(estimate)) + c(-1, 1) * qt(.975, df) * c(SE(estimate))
  note(design, what, "value", coef(estimate)); note(design, what, "se", SE(estimate))
  note(design, what, "df", df)
  note(design, what, "ci_low", ci[1]); note(design, what, "ci_high", ci[2])
}
paired <- function(name, design) {
  told(name, "paired mean", svymean(~I(jobs - jobs_before), design), degf(design))
  told(name, "paired total", svytotal(~I(jobs - jobs_before), design), degf(design))
  known <- subset(design, told)
  told(name, "gap", svymean(~gap, known), degf(known))
  note(name, "gap", "now", coef(svymean(~score, known)))
  note(name, "gap", "wanted", coef(svymean(~wanted, known)))
}
both <- rbind(cbind(d, wave = 1, y = d$jobs_before), cbind(d, wave = 2, y = d$jobs))
both$unit <- interaction(both$wave, both$company)
both$place <- interaction(both$wave, both$municipality)
both$stratum <- interaction(both$wave, both$size)
independent <- function(name, design)
  told(name, "independent mean",
       svycontrast(svyby(~y, ~wave, design, svymean, covmat = TRUE), c(-1, 1)), degf(design))

sizes <- data.frame(size = c("large", "medium", "small"), Freq = c(90, 180, 400))
active <- data.frame(active = c("no", "yes"), Freq = c(250, 420))
clusters <- svydesign(~municipality, fpc = ~municipalities, weights = ~weight, data = d)
paired("strata", svydesign(~1, strata = ~size, fpc = ~of_size, data = d))
paired("strata without population", svydesign(~1, strata = ~size, weights = ~weight, data = d))
paired("clusters", clusters)
paired("two stages", svydesign(~municipality + company, fpc = ~municipalities + companies, data = d))
paired("post-stratified", postStratify(clusters, ~size, sizes))
paired("raked", rake(clusters, list(~size, ~active), list(sizes, active),
                     control = list(maxit = 2000, epsilon = 1e-11)))
independent("strata", svydesign(~unit, strata = ~stratum, fpc = ~of_size, data = both))
independent("strata without population",
            svydesign(~unit, strata = ~stratum, weights = ~weight, data = both))
independent("clusters", svydesign(~place, strata = ~wave, fpc = ~municipalities,
                                  weights = ~weight, data = both))
write.csv(out, "difference_figures.csv", row.names = FALSE, quote = TRUE)
