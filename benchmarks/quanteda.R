# One task by quanteda, in this process alone; prints seconds and peak memory as JSON.
# Rscript quanteda.R TASK FOLDER SMALL; TASK "versions" says whether the packages are there.
arguments <- commandArgs(trailingOnly = TRUE)
task <- arguments[1]
suppressPackageStartupMessages({
  library(quanteda)
  library(quanteda.textstats)
})
quanteda_options(threads = parallel::detectCores())
WORD <- "government"
WINDOW <- 5
WIDE <- 10

if (task == "versions") {
  cat(as.character(packageVersion("quanteda")))
  quit()
}

read_plain <- function(folder) {
  read.csv(file.path(folder, "plain.csv"), encoding = "UTF-8", colClasses = "character")
}
kept <- function(folder, name, make) {
  path <- file.path(folder, paste0(name, ".rds"))
  if (!file.exists(path)) saveRDS(make(folder), path, compress = FALSE)
  readRDS(path)
}
make_corpus <- function(folder) {
  table <- read_plain(folder)
  corpus(table, docid_field = "doc_id", text_field = "text")
}
tokenise <- function(texts) {
  tokens_tolower(tokens(texts, remove_punct = TRUE, remove_symbols = TRUE))
}
make_tokens <- function(folder) tokenise(make_corpus(folder))
make_dfm <- function(folder) dfm(kept(folder, "tokens", make_tokens))
get_tokens <- function(folder) kept(folder, "tokens", make_tokens)
get_dfm <- function(folder) kept(folder, "dfm", make_dfm)

make_written <- function(folder) {
  tokens(make_corpus(folder), remove_punct = TRUE, remove_symbols = TRUE)
}
get_aliases <- function(folder) {
  table <- read.csv(
    file.path(folder, "aliases.csv"), encoding = "UTF-8", colClasses = "character", na.strings = ""
  )
  lapply(split(table$alias, table$actor), phrase)
}

number <- function(n) format(n, big.mark = ",", scientific = FALSE, trim = TRUE)

ways <- list(
  load = list(
    make = function(folder) file.path(folder, "articles.csv"),
    do = function(path) {
      if (requireNamespace("data.table", quietly = TRUE)) {
        table <- as.data.frame(data.table::fread(path))
      } else {
        table <- read.csv(path, encoding = "UTF-8")
      }
      table$source <- sub("^https?://(www[.])?([^/]+).*$", "\\2", table$article_source_link)
      table$date <- as.Date(table$publish_date, format = "%Y/%m/%d")
      table
    },
    see = function(table) {
      paste0(number(nrow(table)), " rows, ", length(unique(table$source)), " sources")
    }
  ),
  tokens = list(
    make = make_corpus,
    do = function(texts) dfm(tokenise(texts)),
    see = function(counts) {
      paste0(
        number(sum(counts)), " tokens, ", number(nfeat(counts)), " terms, ",
        WORD, " ", number(sum(counts[, WORD]))
      )
    }
  ),
  frequency = list(
    make = get_dfm,
    do = function(counts) dfm_group(counts, groups = docvars(counts, "source")),
    see = function(counts) {
      first <- sort(docnames(counts))[1]
      paste0(WORD, " in ", first, ": ", number(as.numeric(counts[first, WORD])))
    }
  ),
  keyness = list(
    make = get_dfm,
    do = function(counts) {
      grouped <- dfm_group(counts, groups = docvars(counts, "source"))
      names <- sort(docnames(grouped))
      found <- lapply(names, function(name) {
        textstat_keyness(grouped, target = name, measure = "lr", correction = "none")
      })
      setNames(found, names)
    },
    see = function(found) {
      table <- found[[1]]
      paste0(
        WORD, " in ", names(found)[1], ": G\u00b2 ",
        sprintf("%+.1f", table$G2[table$feature == WORD])
      )
    }
  ),
  kwic = list(
    make = get_tokens,
    do = function(words) as.data.frame(kwic(words, WORD, window = 8)),
    see = function(table) paste0(number(nrow(table)), " lines")
  ),
  collocates = list(
    make = get_tokens,
    do = function(words) {
      near <- dfm(tokens_remove(tokens_keep(words, WORD, window = WINDOW), WORD))
      far <- dfm(tokens_remove(words, WORD, window = WINDOW))
      textstat_keyness(rbind(near, far), target = seq_len(ndoc(near)), measure = "lr")
    },
    see = function(table) paste0(number(sum(table$n_target > 0)), " collocates")
  ),
  mentions = list(
    make = function(folder) {
      list(words = kept(folder, "written", make_written), aliases = get_aliases(folder))
    },
    do = function(made) {
      lapply(made$aliases, function(names) {
        near <- tokens_keep(
          made$words, names, valuetype = "fixed", case_insensitive = FALSE, window = WIDE
        )
        counts <- dfm(tokens_tolower(near))
        dfm_group(counts, groups = docvars(counts, "source"))
      })
    },
    see = function(found) {
      n_near <- sum(vapply(found, function(counts) as.numeric(sum(counts)), numeric(1)))
      paste0(number(n_near), " tokens near, with the names' own")
    }
  )
)

status <- function(name) {
  path <- "/proc/self/status"
  if (!file.exists(path)) return(NA)
  line <- grep(paste0("^", name, ":"), readLines(path), value = TRUE)
  as.numeric(gsub("[^0-9]", "", line)) * 1024
}

way <- ways[[task]]
if (arguments[3] == "make") {
  invisible(way$make(arguments[2]))
  quit()
}
invisible(way$do(way$make(arguments[3])))
made <- way$make(arguments[2])
invisible(gc())
try(cat("5", file = "/proc/self/clear_refs"), silent = TRUE)
before <- status("VmRSS")
clock <- proc.time()
done <- way$do(made)
taken <- proc.time() - clock
peak <- status("VmHWM") - before
cat(sprintf(
  "{\"seconds\": %.4f, \"cpu\": %.4f, \"peak\": %s, \"seen\": \"%s\", \"version\": \"%s\"}\n",
  taken[["elapsed"]], taken[["user.self"]] + taken[["sys.self"]],
  if (is.na(peak)) "null" else format(max(peak, 0), scientific = FALSE),
  way$see(done), as.character(packageVersion("quanteda"))
))
