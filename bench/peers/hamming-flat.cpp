// The strongest simple native search: every 256-bit hash compared, eight queries a pass, so that memory is read once for eight.
// Built with -O3 -march=native, the compiler uses the processor's own vector popcount where it has one.
// Usage: hamming-flat HASHES QUERIES RADIUS -> {"queriesPerCpuSecond": ..., "hits": ...}
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>
#if defined(__AVX512VPOPCNTDQ__) && defined(__AVX512VL__)
#include <immintrin.h>
#endif

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

int main(int, char** arguments) {
  const auto hashes = readAll(arguments[1]);
  const auto queries = readAll(arguments[2]);
  const uint64_t radius = std::strtoull(arguments[3], nullptr, 10);
  const size_t count = hashes.size() / 4, asked = queries.size() / 4 / 8 * 8;
  uint64_t hits = 0;
  const clock_t start = std::clock();
  for (size_t q = 0; q < asked; q += 8) {
    const uint64_t* query = &queries[q * 4];
    for (size_t h = 0; h < count; h++) {
      const uint64_t* hash = &hashes[h * 4];
#if defined(__AVX512VPOPCNTDQ__) && defined(__AVX512VL__)
      const __m512i twice = _mm512_broadcast_i64x4(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(hash)));
      for (int pair = 0; pair < 4; pair++) {
        const __m512i bits = _mm512_popcnt_epi64(_mm512_xor_si512(twice, _mm512_loadu_si512(query + pair * 8)));
        const __m512i half = _mm512_add_epi64(bits, _mm512_permutex_epi64(bits, 0x4e));
        const __m512i full = _mm512_add_epi64(half, _mm512_permutex_epi64(half, 0xb1));
        hits += __builtin_popcount(_mm512_cmple_epu64_mask(full, _mm512_set1_epi64(radius))) / 4;
      }
#else
      for (int i = 0; i < 8; i++) {
        uint64_t bits = 0;
        for (int word = 0; word < 4; word++) bits += __builtin_popcountll(hash[word] ^ query[i * 4 + word]);
        hits += bits <= radius;
      }
#endif
    }
  }
  const double seconds = double(std::clock() - start) / CLOCKS_PER_SEC;
  std::printf("{\"queriesPerCpuSecond\": %.3f, \"hits\": %llu}\n", asked / seconds, (unsigned long long)hits);
}
