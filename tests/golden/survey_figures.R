# Writes survey_figures.csv: what R's survey package says of companies.csv.
# Run in this folder: Rscript survey_figures.R
suppressMessages(library(survey))
d <- read.csv("companies.csv", na.strings = "")
d$answered <- !is.na(d$grows)
d$yes <- as.numeric(d$answered & d$grows == "yes")  # 0, not NA: R multiplies before it leaves out
out <- NULL
note <- function(design, statistic, group, figure, value)
  out <<- rbind(out, data.frame(design, statistic, group, figure, value = format(as.numeric(value), digits = 15)))

figures <- function(name, design, group) {
  df <- degf(design)
  m <- svymean(~jobs, design, deff = TRUE)
  ci <- confint(m, df = df)
  for (x in list(list("value", coef(m)), list("se", SE(m)), list("deff", deff(m)), list("df", df),
                 list("ci_low", ci[1]), list("ci_high", ci[2])))
    note(name, "mean", group, x[[1]], x[[2]])
  t <- svytotal(~jobs, design)
  note(name, "total", group, "value", coef(t)); note(name, "total", group, "se", SE(t))
  known <- subset(design, answered)
  p <- svymean(~yes, known, deff = TRUE)
  note(name, "share", group, "value", coef(p)); note(name, "share", group, "se", SE(p))
  note(name, "share", group, "deff", deff(p)); note(name, "share", group, "df", degf(known))
  l <- attr(svyciprop(~yes, known, method = "logit"), "ci")
  note(name, "share", group, "logit_low", l[1]); note(name, "share", group, "logit_high", l[2])
  if (is.null(design$postStrata)) {
    # With fitted weights R keeps the rows outside the subset and counts them in n.
    b <- attr(svyciprop(~yes, known, method = "beta"), "ci")
    note(name, "share", group, "beta_low", b[1]); note(name, "share", group, "beta_high", b[2])
  }
}
all_of <- function(name, design) {
  figures(name, design, "")
  for (s in c("large", "medium", "small")) figures(name, subset(design, size == s), paste0("size=", s))
}

sizes <- data.frame(size = c("large", "medium", "small"), Freq = c(90, 180, 400))
active <- data.frame(active = c("no", "yes"), Freq = c(250, 420))
cells <- data.frame(size = rep(sizes$size, 2), active = rep(c("no", "yes"), each = 3),
                    Freq = c(30, 70, 150, 60, 110, 250))
simple <- svydesign(~1, fpc = rep(670, nrow(d)), data = d)
strata <- svydesign(~1, strata = ~size, fpc = ~of_size, data = d)
clusters <- svydesign(~municipality, fpc = ~municipalities, weights = ~weight, data = d)
all_of("simple", simple)
all_of("strata", strata)
all_of("strata without population", svydesign(~1, strata = ~size, weights = ~weight, data = d))
all_of("clusters", clusters)
all_of("two stages", svydesign(~municipality + company, fpc = ~municipalities + companies, data = d))
all_of("post-stratified", postStratify(clusters, ~size, sizes))
all_of("post-stratified in cells", postStratify(simple, ~size + active, cells))
all_of("raked", rake(clusters, list(~size, ~active), list(sizes, active),
                     control = list(maxit = 2000, epsilon = 1e-11)))
all_of("calibrated", calibrate(clusters, ~size + jobs_before,
  c(`(Intercept)` = 670, sizemedium = 180, sizesmall = 400, jobs_before = 52000)))
write.csv(out, "survey_figures.csv", row.names = FALSE, quote = TRUE)
