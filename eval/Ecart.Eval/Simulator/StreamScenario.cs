using Ecart.Numerics;

namespace Ecart.Eval.Simulator;

/// <summary>Something that happens to an entity, with what should be found of it and what should not.</summary>
/// <param name="Name">In tables and keys.</param>
/// <param name="IsSeasonal">Whether its entities have a daily season.</param>
/// <param name="Make">Makes an entity's stream.</param>
internal sealed record StreamScenario(string Name, bool IsSeasonal, Func<SeededRandom, SimulatedStream> Make)
{
    private const int Warm = 1000;
    private const int AttackLength = 10;
    private const double AttackSize = 4;

    /// <summary>All scenarios, in the order of the tables.</summary>
    public static IReadOnlyList<StreamScenario> All { get; } =
    [
        new("level_shift", false, LevelShift),
        new("slow_poisoning", false, SlowPoisoning),
        new("repeated_attack", false, RepeatedAttack),
        new("cold_start", false, ColdStart),
        new("seasonal", true, Seasonal),
    ];

    /// <summary>A stream in which nothing happens.</summary>
    public static SimulatedStream Quiet(SeededRandom random, bool isSeasonal)
    {
        var entity = new SimulatedEntity(random, isSeasonal);
        return new SimulatedStream([.. Enumerable.Range(0, 3 * Warm).Select(time => entity.Next(time))], [], Warm);
    }

    /// <summary>The normal moves by 5 deviations and stays there; a thousand vectors later attacks begin, from the new normal, to where it never was.</summary>
    private static SimulatedStream LevelShift(SeededRandom random)
    {
        const int ShiftAt = 2 * Warm;
        var entity = new SimulatedEntity(random, false);
        SimulatedAttack[] attacks = Spread(random, ShiftAt + Warm, 5);
        var vectors = new List<float[]>();
        // Away from the old normal, so that what is found was not found because of where it once was.
        for (int time = 0; time < ShiftAt + (2 * Warm); time++)
            vectors.Add(entity.Next(time, (time >= ShiftAt ? 5 : 0) + (IsIn(attacks, time) ? AttackSize : 0)));
        return new SimulatedStream(vectors, attacks, Warm, ShiftAt);
    }

    /// <summary>
    /// An attacker moves what is normal by 6 deviations in 2,000 vectors; from 2 deviations on it counts as an attack, which lasts until 300 vectors after the end.
    /// </summary>
    private static SimulatedStream SlowPoisoning(SeededRandom random)
    {
        const int Begin = 2 * Warm;
        const int Duration = 2 * Warm;
        const double Size = 6;
        var entity = new SimulatedEntity(random, false);
        var vectors = new List<float[]>();
        for (int time = 0; time < Begin + Duration + 300; time++)
            vectors.Add(entity.Next(time, Size * Math.Clamp((time - Begin) / (double)Duration, 0, 1)));
        int first = Begin + (int)(Duration * 2 / Size);
        return new SimulatedStream(vectors, [new SimulatedAttack(first, vectors.Count - first)], Warm);
    }

    /// <summary>The same attack of 10 vectors, twenty times in 4,000 vectors: who learns it stops seeing it.</summary>
    private static SimulatedStream RepeatedAttack(SeededRandom random)
    {
        var entity = new SimulatedEntity(random, false);
        SimulatedAttack[] attacks = Spread(random, Warm, 20);
        var vectors = new List<float[]>();
        for (int time = 0; time < 5 * Warm; time++) vectors.Add(entity.Next(time, IsIn(attacks, time) ? AttackSize : 0));
        return new SimulatedStream(vectors, attacks, Warm);
    }

    /// <summary>A new entity: attacks at its 50th, 150th and 300th vector; everything counts from the first on.</summary>
    private static SimulatedStream ColdStart(SeededRandom random)
    {
        var entity = new SimulatedEntity(random, false);
        SimulatedAttack[] attacks = [new(50, AttackLength), new(150, AttackLength), new(300, AttackLength)];
        var vectors = new List<float[]>();
        for (int time = 0; time < 500; time++)
        {
            if (attacks.Any(attack => attack.First == time)) entity.Turn();
            vectors.Add(entity.Next(time, IsIn(attacks, time) ? AttackSize : 0));
        }

        return new SimulatedStream(vectors, attacks, 0);
    }

    /// <summary>A seasonal entity that on some nights behaves for two hours as in the morning: every value usual, at an hour when it is not.</summary>
    private static SimulatedStream Seasonal(SeededRandom random)
    {
        const int Length = 2 * SimulatedStream.PerHour;
        var entity = new SimulatedEntity(random, true);
        SimulatedAttack[] attacks =
        [
            .. Enumerable.Range(0, 6).Select(i => new SimulatedAttack(
                ((15 + (4 * i) + random.Next(3)) * SimulatedStream.PerDay) + random.Next(2 * SimulatedStream.PerHour), Length)),
        ];
        var vectors = new List<float[]>();
        for (int time = 0; time < 40 * SimulatedStream.PerDay; time++) vectors.Add(entity.Next(time, isDayAtNight: IsIn(attacks, time)));
        return new SimulatedStream(vectors, attacks, Warm);
    }

    /// <summary>Attacks spread over as many times 200 vectors, at random places.</summary>
    private static SimulatedAttack[] Spread(SeededRandom random, int from, int count) =>
        [.. Enumerable.Range(0, count).Select(i => new SimulatedAttack(from + (200 * i) + random.Next(20, 150), AttackLength))];

    private static bool IsIn(SimulatedAttack[] attacks, int time)
    {
        foreach (SimulatedAttack attack in attacks)
            if (time >= attack.First && time < attack.End) return true;
        return false;
    }
}
