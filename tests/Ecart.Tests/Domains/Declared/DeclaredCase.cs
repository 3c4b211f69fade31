using Ecart.Domains.Declared;
using Ecart.Numerics;
using Ecart.Rules;
using Ecart.Scoring;

namespace Ecart.Tests.Domains.Declared;

/// <summary>A declared domain that uses everything there is, its events, and an engine fed as a lane feeds it.</summary>
internal sealed class DeclaredCase(DomainDeclaration declaration)
{
    public static readonly DateTime Start = new(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc);
    private readonly Dictionary<string, ScoredEvent> log = [];
    private readonly Dictionary<string, bool> labels = [];
    private long seq;

    /// <summary>Temperatures of containers.</summary>
    public static DomainDeclaration Full { get; } = new()
    {
        Name = "cold_chain",
        Title = "Temperature of a cold chain",
        Entity = "container",
        OtherEntities = ["truck"],
        Fields =
        [
            new() { Name = "container", Type = DeclaredFieldType.Text, Required = true },
            new() { Name = "truck", Type = DeclaredFieldType.Text },
            new() { Name = "temperature", Required = true, Minimum = -80, Maximum = 80, Synonyms = ["celsius"] },
            new() { Name = "door_open", Type = DeclaredFieldType.Condition },
            new() { Name = "goods", Type = DeclaredFieldType.Text, Values = ["fish", "vaccine", "fruit"] },
            new() { Name = "latitude", Minimum = -90, Maximum = 90 },
            new() { Name = "longitude", Minimum = -180, Maximum = 180 },
            new() { Name = "place", Type = DeclaredFieldType.Text },
        ],
        Windows =
        [
            new() { Name = "truck_events", Entity = "truck", Minutes = 120 },
            new() { Name = "mean_temperature", Kind = RuleWindowKind.Average, Field = "temperature", Minutes = 180 },
            new() { Name = "same_again", Entity = "truck", Minutes = 120 },
        ],
        Encoders =
        [
            new() { Kind = DeclaredEncoderKind.Linear, Field = "temperature", Center = 4, Scale = 10 },
            new() { Kind = DeclaredEncoderKind.Cyclic, Field = "hour_of_day", Weight = 0.1 },
            new() { Kind = DeclaredEncoderKind.OneHot, Field = "goods" },
            new() { Kind = DeclaredEncoderKind.Hash, Field = "place", Buckets = 8 },
            new() { Kind = DeclaredEncoderKind.Geo, Field = "latitude", Longitude = "longitude" },
            new() { Kind = DeclaredEncoderKind.Log, Field = "truck_events", Scale = 10 },
            new() { Kind = DeclaredEncoderKind.ZScore, Field = "temperature", Weight = 0.2 },
        ],
        BehaviorDistance = new() { ZThreshold = 3, Scale = 10, Maximum = 0.3 },
        Deviations = [new() { Field = "temperature", LeastDeviation = 0.2 }],
        Novelty = [new() { Field = "place", MinimumObservations = 20, Rare = 0.1 }],
        Velocity = new(),
        StreamDetectors = [new() { Kind = "ew_mahalanobis", Fields = ["temperature", "log_minutes_since_previous"], Maximum = 0.2 }],
        Rules =
        [
            new() { Name = "too warm", Expression = "goods = 'vaccine' and temperature > 8", Contribution = 0.6 },
            new() { Name = "warming", Expression = "temperature > mean_temperature + 5 and not door_open", Contribution = 0.2 },
            new() { Name = "busy", Expression = "count(truck, 1h) > 8", Contribution = 0.05 },
        ],
    };

    public DeclaredEngine Engine { get; } = new(declaration);

    public static DeclaredEvent At(
        double minutes, double temperature, string container = "c1", string? truck = "t1", string? goods = "fish", string? place = "Brest", bool? door = false,
        DomainDeclaration? declaration = null)
    {
        DeclaredSchema schema = DeclaredSchema.Of(declaration ?? Full);
        var numbers = new double[schema.Fields.Count];
        var texts = new string?[schema.Fields.Count];
        numbers.AsSpan().Fill(double.NaN);
        numbers[schema.IndexOf("temperature")] = temperature;
        numbers[schema.IndexOf("door_open")] = door is { } open ? open ? 1 : 0 : double.NaN;
        numbers[schema.IndexOf("latitude")] = 48.4;
        numbers[schema.IndexOf("longitude")] = -4.5;
        texts[schema.IndexOf("container")] = container;
        texts[schema.IndexOf("truck")] = truck;
        texts[schema.IndexOf("goods")] = goods;
        texts[schema.IndexOf("place")] = place;
        return new DeclaredEvent
        {
            EventUid = $"{container}@{minutes:R}:{temperature:R}:{place}",
            OccurredAt = Start.AddMinutes(minutes),
            Schema = schema,
            Numbers = numbers,
            Texts = texts,
        };
    }

    /// <summary>Seeded readings of six containers every twenty minutes, some of them warm, in other places or in bursts.</summary>
    public static DeclaredEvent[] Readings(int days, ulong seed = 5)
    {
        var random = new SeededRandom(seed);
        var events = new List<DeclaredEvent>();
        string[] goods = ["fish", "vaccine", "fruit"];
        for (int step = 0; step < days * 72; step++)
        {
            for (int c = 0; c < 6; c++)
            {
                bool isOdd = random.Chance(0.01);
                double temperature = Math.Round((c % 3) + 2 + (0.3 * random.NextNormal()) + (isOdd ? 9 : 0), 2);
                string place = random.Chance(0.02) ? $"p{random.Next(1000)}" : $"home{c % 2}";
                events.Add(At((step * 20) + c, temperature, $"c{c}", $"t{c % 2}", goods[c % 3], place, random.Chance(0.1)));
            }
        }

        return [.. events];
    }

    public Verdict Feed(DeclaredEvent declared)
    {
        Verdict verdict = Score(declared);
        var scored = new ScoredEvent(declared, verdict, 0, ++seq);
        Engine.Learn(in scored);
        log[declared.EventUid] = scored;
        return verdict;
    }

    public Verdict Score(DeclaredEvent declared)
    {
        var verdict = new Verdict(DeclaredLayout.Dimension);
        Engine.Score(declared, verdict);
        return verdict;
    }

    public void Label(string uid, bool isAnomaly)
    {
        Engine.ApplyLabel(log[uid], isAnomaly, labels.TryGetValue(uid, out bool previous) ? previous : null, ++seq);
        labels[uid] = isAnomaly;
    }

    /// <summary>Two hundred quiet readings, one every half an hour, the last one at minute 0.</summary>
    public DeclaredCase WithHabit(string container = "c1", string? goods = "fish")
    {
        for (int i = 199; i >= 0; i--) Feed(At(i * -30, 3 + (0.1 * (i % 5)), container, goods: goods));
        return this;
    }

    public static string[] Codes(Verdict verdict) =>
        [.. verdict.Evidence.ToArray().Where(evidence => evidence.Contribution > 0).Select(evidence => evidence.Code)];
}
