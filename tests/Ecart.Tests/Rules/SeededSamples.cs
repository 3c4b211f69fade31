using CsCheck;

namespace Ecart.Tests.Rules;

/// <summary>The same random values in every run: the seed of CsCheck's own sampling decides the first value alone.</summary>
internal static class SeededSamples
{
    private const uint Stream = 1;

    public static IEnumerable<TValue> Of<TValue>(Gen<TValue> generator, ulong seed, int count)
    {
        var random = new PCG(Stream, seed);
        for (int i = 0; i < count; i++) yield return generator.Generate(random, null, out _);
    }
}
