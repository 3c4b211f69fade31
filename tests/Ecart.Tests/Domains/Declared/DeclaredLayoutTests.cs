using Ecart.Domains.Declared;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Domains.Declared;

/// <summary>Each encoder beside its formula, written plainly.</summary>
public sealed class DeclaredLayoutTests
{
    [Fact]
    public void Embed_EachEncoder_IsItsFormulaScaledToLengthOne()
    {
        DeclaredCase run = new DeclaredCase(DeclaredCase.Full).WithHabit();
        Verdict verdict = run.Score(DeclaredCase.At(30, 9, goods: "vaccine", place: "Paris"));
        double[] plain = Plain(verdict, run);
        double length = Math.Sqrt(plain.Sum(value => value * value));
        for (int i = 0; i < plain.Length; i++)
            Assert.True(Math.Abs((plain[i] / length) - verdict.Embedding[i]) < 1e-6, $"{run.Engine.Layout.FeatureNames[i]}: {plain[i] / length} and {verdict.Embedding[i]}");
        Assert.Equal(1, verdict.Embedding.Sum(value => (double)value * value), 1e-5);
    }

    [Fact]
    public void Embed_UnknownValues_AreZero()
    {
        DeclaredCase run = new(DeclaredCase.Full);
        Verdict verdict = run.Score(DeclaredCase.At(0, 4, goods: null, place: null, truck: null));
        string[] written = [.. run.Engine.Layout.FeatureNames.Where((_, i) => verdict.Embedding[i] != 0)];
        Assert.Equal(["constant", "hour_of_day_cos", "latitude_x", "latitude_y", "latitude_z"], written);
    }

    [Fact]
    public void Embed_LargestValuesAllowed_AreFinite()
    {
        DomainDeclaration wide = DeclaredCase.Full with
        {
            Fields = [.. DeclaredCase.Full.Fields.Select(field => field.Name == "temperature" ? field with { Minimum = -1e15, Maximum = 1e15 } : field)],
            Encoders = [new() { Kind = DeclaredEncoderKind.Linear, Field = "temperature", Scale = 1e-9, Weight = 10 }, .. DeclaredCase.Full.Encoders],
        };
        DeclaredCase run = new DeclaredCase(wide).WithHabit();
        foreach (double value in new[] { -1e15, 0, 1e15 })
        {
            Verdict verdict = run.Feed(DeclaredCase.At(30, value));
            Assert.All(verdict.Embedding, part => Assert.True(float.IsFinite(part)));
            Assert.InRange(verdict.Score, 0, 1);
            Assert.InRange(verdict.RankScore, 0, 1);
        }
    }

    private static double[] Plain(Verdict verdict, DeclaredCase run)
    {
        var plain = new double[DeclaredLayout.Dimension];
        string[] names = [.. run.Engine.Layout.FeatureNames];
        void Put(string name, double value) => plain[Array.IndexOf(names, name)] = value;
        Put("constant", 1);
        Put("temperature", 0.3 * (9.0 - 4) / 10);
        Put("hour_of_day_sin", 0.1 * Math.Sin(2 * Math.PI * 0.5 / 24));
        Put("hour_of_day_cos", 0.1 * Math.Cos(2 * Math.PI * 0.5 / 24));
        Put("goods=vaccine", 0.3);
        plain[Array.FindIndex(names, name => name.StartsWith("place#", StringComparison.Ordinal)) + Ecart.Embedding.FeatureHash.Bucket(Ecart.Embedding.FeatureHash.Of("Paris"), 8)] = 0.3;
        double latitude = 48.4 * Math.PI / 180, longitude = -4.5 * Math.PI / 180;
        Put("latitude_x", 0.3 * Math.Cos(latitude) * Math.Cos(longitude));
        Put("latitude_y", 0.3 * Math.Cos(latitude) * Math.Sin(longitude));
        Put("latitude_z", 0.3 * Math.Sin(latitude));
        // The truck's readings in the two hours before, (-90, 30]: at minute 0, -30 and -60.
        Put("truck_events", 0.3 * Math.Log(1 + 3) / 10);
        // Far above: cut at the limit.
        plain[Array.LastIndexOf(names, "temperature")] = 0.2;
        Assert.Contains(EvidenceCode.FieldDeviation, DeclaredCase.Codes(verdict));
        return plain;
    }
}
