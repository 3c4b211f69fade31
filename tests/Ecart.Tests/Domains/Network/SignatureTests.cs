using System.Text;
using Ecart.Detection;
using Ecart.Domains.Network;
using Ecart.Domains.Network.Signatures;
using Ecart.Scoring;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Domains.Network;

public sealed class SignatureTests
{
    private static readonly DateTime Created = new(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("T1046", true)]
    [InlineData("T1110.001", true)]
    [InlineData("T104", false)]
    [InlineData("T1110.01", false)]
    [InlineData("T1110-001", false)]
    [InlineData("X1046", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsId_Text_ByItsForm(string? text, bool expected) => Assert.Equal(expected, MitreTechnique.IsId(text));

    [Fact]
    public void Json_WrittenAndRead_IsTheSame()
    {
        NetworkSignature signature = Made();

        NetworkSignature read = Assert.Single(SignatureJson.Read(SignatureJson.Write([signature])));

        Assert.Equal(signature.Vector, read.Vector);
        Assert.Equal(signature with { Vector = read.Vector }, read);
    }

    [Fact]
    public void Stix_WrittenAndRead_IsTheSame()
    {
        NetworkSignature signature = Made();
        byte[] bundle = StixBundle.Write([signature], Created);

        NetworkSignature read = Assert.Single(StixBundle.Read(bundle));

        Assert.Equal(signature.Vector, read.Vector);
        Assert.Equal(signature with { Vector = read.Vector }, read);
        Assert.Equal(bundle, StixBundle.Write([signature], Created));
        Assert.Contains("\"spec_version\":\"2.1\"", Encoding.UTF8.GetString(bundle), StringComparison.Ordinal);
    }

    [Fact]
    public void Stix_ObjectsOfOthers_ArePassedOver() => Assert.Empty(StixBundle.Read(Encoding.UTF8.GetBytes(
        """{"type":"bundle","id":"bundle--1","objects":[{"type":"malware","name":"x"},{"type":"indicator","pattern":"[ipv4-addr:value = '1.2.3.4']"},null]}""")));

    [Theory]
    [InlineData("[]", "no STIX bundle")]
    [InlineData("{", "not JSON")]
    public void Stix_Wrong_SaysWhat(string text, string named) =>
        Assert.Contains(named, Assert.Throws<SignatureException>(() => StixBundle.Read(Encoding.UTF8.GetBytes(text))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"mitre_id\":\"T1046\"", "\"mitre_id\":\"1046\"", "mitre_id")]
    [InlineData("\"severity\":\"high\"", "\"severity\":\"none\"", "severity")]
    [InlineData("\"category\":\"scan\"", "\"category\":\"spam\"", "category")]
    [InlineData("\"radius\":0.25", "\"radius\":7", "radius")]
    [InlineData("\"vector\":[", "\"vector\":[1,", "vector")]
    [InlineData("\"name\"", "\"nom\"", "nom")]
    public void Json_Wrong_NamesTheField(string right, string wrong, string named)
    {
        string json = Encoding.UTF8.GetString(SignatureJson.Write([Made()]));
        Assert.Contains(right, json, StringComparison.Ordinal);

        SignatureException error = Assert.Throws<SignatureException>(() => SignatureJson.Read(Encoding.UTF8.GetBytes(json.Replace(right, wrong, StringComparison.Ordinal))));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Learn_ThreatAmongNormal_MatchesItAndHardlyAnythingElse()
    {
        float[][] threats = [.. Embeddings(seed: 1, count: 60, port: 4444, bytes: 300)];
        float[][] normals = [.. Embeddings(seed: 2, count: 200, port: 443, bytes: 20_000)];

        NetworkSignature signature = SignatureLearning.Learn("caller", ThreatClass.CommandAndControl, Severity.High, threats[..30], normals[..100], "T1071.001");

        ThreatSignature[] set = [signature.ToThreat()];
        Assert.True(threats[30..].Count(vector => SignatureMatch.Find(set, vector, NetworkLayout.Version) is not null) >= 27);
        Assert.Equal(0, normals[100..].Count(vector => SignatureMatch.Find(set, vector, NetworkLayout.Version) is not null));
    }

    [Fact]
    public void Learn_ThreatThatLooksLikeNormal_IsRefused()
    {
        // The first ones are different: to them every destination is new.
        float[][] same = [.. Embeddings(seed: 1, count: 500, port: 443, bytes: 20_000).Skip(100)];
        float[][] threats = [.. same.Where(static (_, i) => i % 40 == 0)];
        float[][] normals = [.. same.Where(static (_, i) => i % 40 != 0)];

        Assert.Contains("No radius", Assert.Throws<SignatureException>(
            () => SignatureLearning.Learn("x", ThreatClass.Malware, Severity.Low, threats, normals)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Learn_TooFew_SaysHowMany() => Assert.Contains("at least 5", Assert.Throws<SignatureException>(
        () => SignatureLearning.Learn("x", ThreatClass.Malware, Severity.Low, [], [])).Message, StringComparison.Ordinal);

    private static NetworkSignature Made() => new()
    {
        Name = "Sweep of shares",
        Category = ThreatClass.Scan,
        Severity = Severity.High,
        Vector = [.. Embeddings(3, 1, 445, 100)[0]],
        Radius = 0.25,
        Description = "Seen in March.",
        MitreId = "T1046",
    };

    private static List<float[]> Embeddings(int seed, int count, int port, double bytes)
    {
        var random = new Random(seed);
        var run = new NetworkCase();
        var vectors = new List<float[]>();
        for (int i = 0; i < count; i++)
        {
            long size = (long)(bytes * (0.7 + (0.6 * random.NextDouble())));
            Verdict verdict = run.Feed(NetworkCase.Flow(i * 40, $"93.184.216.{1 + random.Next(20)}", port, bytesOut: size, bytesIn: 3 * size));
            Assert.True(VectorMath.IsFinite(verdict.Embedding));
            vectors.Add((float[])verdict.Embedding.Clone());
        }

        return vectors;
    }
}
