// The strongest simple native search: every 256-bit hash compared with eight queries a pass, so that memory is read once for eight. Where the
// processor counts bits of 512-bit vectors, eight hashes lie word by word, so that their eight distances come out side by side.
// Built with -O3 -march=native. Usage: hamming-flat HASHES QUERIES RADIUS -> {"queriesPerCpuSecond": ..., "hits": ...}
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>
#if defined(__AVX512VPOPCNTDQ__) && defined(__AVX512F__)
#include <immintrin.h>
#define HAS_VECTOR_POPCOUNT 1
#endif

static const size_t QUERIES = 8, HASHES = 8, WORDS = 4;

static std::vector<uint64_t> readAll(const char* path) {
  FILE* file = std::fopen(path, "rb");
  if (file == nullptr) std::exit(2);
  std::fseek(file, 0, SEEK_END);
  std::vector<uint64_t> words(std::ftell(file) / 8);
  std::rewind(file);
  if (std::fread(words.data(), 8, words.size(), file) != words.size()) std::exit(2);
  std::fclose(file);
  return words;
}

/** Word w of hash h of each eight goes to w * 8 + h: what one vector takes. What is left over stays as it is. */
static void byWords(std::vector<uint64_t>& hashes) {
  uint64_t block[HASHES * WORDS];
  for (size_t at = 0; at + HASHES * WORDS <= hashes.size(); at += HASHES * WORDS) {
    for (size_t h = 0; h < HASHES; h++)
      for (size_t w = 0; w < WORDS; w++) block[w * HASHES + h] = hashes[at + h * WORDS + w];
    for (size_t i = 0; i < HASHES * WORDS; i++) hashes[at + i] = block[i];
  }
}

static uint64_t compareOne(const uint64_t* hash, const uint64_t* query, uint64_t radius) {
  uint64_t bits = 0;
  for (size_t w = 0; w < WORDS; w++) bits += __builtin_popcountll(hash[w] ^ query[w]);
  return bits <= radius;
}

int main(int, char** arguments) {
  auto hashes = readAll(arguments[1]);
  const auto queries = readAll(arguments[2]);
  const uint64_t radius = std::strtoull(arguments[3], nullptr, 10);
  const size_t count = hashes.size() / WORDS, asked = queries.size() / WORDS / QUERIES * QUERIES;
  size_t whole = 0;
#ifdef HAS_VECTOR_POPCOUNT
  byWords(hashes);
  whole = count / HASHES * HASHES;
#endif
  uint64_t hits = 0;
  const clock_t start = std::clock();
  for (size_t q = 0; q < asked; q += QUERIES) {
    const uint64_t* query = &queries[q * WORDS];
#ifdef HAS_VECTOR_POPCOUNT
    const __m512i limit = _mm512_set1_epi64(radius);
    for (size_t h = 0; h < whole; h += HASHES) {
      const __m512i a = _mm512_loadu_si512(&hashes[h * WORDS]), b = _mm512_loadu_si512(&hashes[h * WORDS + 8]);
      const __m512i c = _mm512_loadu_si512(&hashes[h * WORDS + 16]), d = _mm512_loadu_si512(&hashes[h * WORDS + 24]);
      for (size_t i = 0; i < QUERIES; i++) {
        const uint64_t* one = query + i * WORDS;
        const __m512i ab = _mm512_add_epi64(_mm512_popcnt_epi64(_mm512_xor_si512(a, _mm512_set1_epi64(one[0]))),
                                            _mm512_popcnt_epi64(_mm512_xor_si512(b, _mm512_set1_epi64(one[1]))));
        const __m512i cd = _mm512_add_epi64(_mm512_popcnt_epi64(_mm512_xor_si512(c, _mm512_set1_epi64(one[2]))),
                                            _mm512_popcnt_epi64(_mm512_xor_si512(d, _mm512_set1_epi64(one[3]))));
        const __mmask8 near = _mm512_cmple_epu64_mask(_mm512_add_epi64(ab, cd), limit);
        if (__builtin_expect(near != 0, 0)) hits += __builtin_popcount(near);
      }
    }
#endif
    for (size_t h = whole; h < count; h++)
      for (size_t i = 0; i < QUERIES; i++) hits += compareOne(&hashes[h * WORDS], query + i * WORDS, radius);
  }
  const double seconds = double(std::clock() - start) / CLOCKS_PER_SEC;
  std::printf("{\"queriesPerCpuSecond\": %.3f, \"hits\": %llu}\n", asked / seconds, (unsigned long long)hits);
}
