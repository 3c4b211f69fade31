using CsCheck;
using Ecart.Domains.Network;
using Ecart.Scoring;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Domains.Network;

public sealed class NetworkEmbedderTests
{
    [Fact]
    public void Layout_Names_OneForEveryPosition()
    {
        Assert.Equal(NetworkLayout.Dimension, NetworkLayout.Names.Count);
        Assert.Equal(NetworkLayout.Dimension, NetworkLayout.Names.Distinct().Count());
        Assert.Equal("direction#inside", NetworkLayout.Names[NetworkLayout.Direction]);
        Assert.Equal("port_class#web", NetworkLayout.Names[NetworkLayout.PortClass].Replace("portclass", "port_class", StringComparison.Ordinal));
        Assert.Equal("alert", NetworkLayout.Names[NetworkLayout.Alert]);
    }

    [Fact]
    public void Score_AnyConnection_GivesAUnitVectorAndDefinedScores() => Gen.Select(
        Gen.Long[0, long.MaxValue / 4], Gen.Long[0, long.MaxValue / 4], Gen.Long[0, 1L << 40], Gen.Double[0, 1e9], Gen.Int[0, 65_535], Gen.Int[0, 3], Gen.Int[0, 7], Gen.Int[0, 8])
        .Sample((bytesOut, bytesIn, packets, duration, port, protocol, state, when) =>
        {
            var run = new NetworkCase();
            for (int i = 0; i < 12; i++) run.Feed(NetworkCase.Flow(i));
            Verdict verdict = run.Feed(NetworkCase.Flow(
                when * 7200, port: port, protocol: (NetworkProtocol)protocol, state: (ConnectionState)state, bytesOut: bytesOut, bytesIn: bytesIn, packetsOut: packets, duration: duration, sourcePort: port));

            Assert.True(VectorMath.IsFinite(verdict.Embedding));
            Assert.Equal(1, VectorMath.Distance(verdict.Embedding, new float[NetworkLayout.Dimension]), 1e-5);
            Assert.InRange(verdict.Score, 0, 1);
            Assert.InRange(verdict.RankScore, 0, 1);
            Assert.False(double.IsNaN(verdict.RankScore));
        });
}
