;; XTDB with the versions of the benchmark: loads a file, then answers questions from standard input, a line each.
(require '[clojure.java.io :as io] '[clojure.string :as text] '[xtdb.api :as xt])
(import 'java.util.Date)

;; Clojure 1.10, which XTDB brings along, has no parse-long.
(defn number [written] (Long/parseLong written))

(def node (xt/start-node {}))
(def places (atom (sorted-map)))

(defn put [line]
  (let [[state cell known position value] (map number (text/split line #"\t"))
        id (str state "/" cell)]
    (swap! places update state (fnil conj #{}) id)
    [::xt/put {:xt/id id :cell cell :position position :value value} (Date. known)]))

;; A line with one number says when those before it were recorded: they are one transaction.
(defn load-all [path]
  (with-open [lines (io/reader path)]
    (doseq [[facts [recorded]] (partition 2 (partition-by #(text/includes? % "\t") (line-seq lines)))]
      (xt/submit-tx node (mapv put facts) {::xt/tx-time (Date. (number recorded))})))
  (xt/sync node))

(defn answer [known recorded state]
  (with-open [db (xt/open-db node {::xt/valid-time (Date. known) ::xt/tx-time (Date. recorded)})]
    (let [ids (if (neg? state) (mapcat val @places) (@places state))]
      (text/join " " (for [id ids :let [doc (xt/entity db id)] :when doc]
                       (text/join "," ((juxt :cell :position :value) doc)))))))

(load-all (first *command-line-args*))
(println "ready")
(doseq [line (line-seq (io/reader *in*))]
  (println (apply answer (map number (text/split line #" ")))))
(.close node)
(System/exit 0)
