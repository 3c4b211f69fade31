using System.Numerics;

namespace Ecart.Numerics;

/// <summary>Pseudo-random numbers that are the same on every machine and in every version for one seed. Not thread-safe.</summary>
/// <remarks>xoshiro256**, seeded by SplitMix64. D. Blackman, S. Vigna, Scrambled linear pseudorandom number generators, ACM TOMS 2021.</remarks>
public sealed class SeededRandom
{
    private readonly ulong[] state = new ulong[4];

    /// <summary>Makes a generator.</summary>
    public SeededRandom(ulong seed)
    {
        for (int i = 0; i < state.Length; i++)
        {
            seed += 0x9E3779B97F4A7C15;
            ulong mixed = seed;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            state[i] = mixed ^ (mixed >> 31);
        }
    }

    /// <summary>Where the sequence is; <see cref="Resume"/> goes on from it.</summary>
    internal (long First, long Second, long Third, long Fourth) Position => ((long)state[0], (long)state[1], (long)state[2], (long)state[3]);

    /// <summary>A generator that goes on from a <see cref="Position"/>.</summary>
    internal static SeededRandom Resume((long First, long Second, long Third, long Fourth) position)
    {
        var random = new SeededRandom(0);
        random.state[0] = (ulong)position.First;
        random.state[1] = (ulong)position.Second;
        random.state[2] = (ulong)position.Third;
        random.state[3] = (ulong)position.Fourth;
        return random;
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(state[1] * 5, 7) * 9;
        ulong shifted = state[1] << 17;
        state[2] ^= state[0];
        state[3] ^= state[1];
        state[1] ^= state[2];
        state[0] ^= state[3];
        state[2] ^= shifted;
        state[3] = BitOperations.RotateLeft(state[3], 45);
        return result;
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [from, to).</summary>
    public double Between(double from, double to) => from + ((to - from) * NextDouble());

    /// <summary>Uniform integer, 0 to <paramref name="count"/> − 1.</summary>
    public int Next(int count) => (int)(NextDouble() * count);

    /// <summary>Uniform integer, both ends included.</summary>
    public int Next(int from, int to) => from + Next(to - from + 1);

    /// <summary>True with a probability.</summary>
    public bool Chance(double probability) => NextDouble() < probability;

    /// <summary>Standard normal (Box-Muller).</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    /// <summary>Log-normal with a median and a standard deviation of the logarithm.</summary>
    public double NextLogNormal(double median, double sigma) => median * Math.Exp(sigma * NextNormal());

    /// <summary>Poisson (Knuth), for means up to about 100.</summary>
    public int NextPoisson(double mean)
    {
        double limit = Math.Exp(-mean);
        double product = NextDouble();
        int count = 0;
        while (product > limit)
        {
            product *= NextDouble();
            count++;
        }

        return count;
    }
}
