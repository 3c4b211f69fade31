using System.Globalization;
using CsCheck;
using Ecart.Domains.Transactions;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Domains.Transactions;

/// <summary>Stored vectors are compared with new ones: the golden vectors hold layout version 1 still.</summary>
public sealed class TransactionEmbedderTests
{
    [Fact]
    public void Score_FirstTransaction_GivesTheGoldenVector() => Assert.Equal(
        "amount=0.3364 hour_sin=-0.0545 hour_cos=-0.2033 day_sin=0.0548 day_cos=0.0437 channel#pos=0.2806 "
        + "category#12=0.2104 country#19=0.7015 position_x=0.1383 position_y=0.0057 position_z=0.1585 "
        + "since_previous=0.3744 round_amount=0.0701 merchant#2=0.1052 device#2=0.1052 address#3=0.1052",
        Sparse(new EngineRun().Score(TransactionCase.At(
            0, 120, merchant: "M000412", device: "D1", address: "192.0.2.7", channel: TransactionChannel.Pos, latitude: 48.86, longitude: 2.35,
            offsetMinutes: 60)).Embedding));

    [Fact]
    public void Score_NightInAForeignCurrency_GivesTheGoldenVector() => Assert.Equal(
        "amount=0.4487 hour_sin=0.2063 hour_cos=0.2063 day_sin=-0.0760 day_cos=0.0606 channel#wire=0.3889 "
        + "since_previous=0.5189 weekend=0.0972 night=0.1945 foreign_currency=0.4861",
        Sparse(new EngineRun().Score(TransactionCase.At(
            (5 * 1440) - (9 * 60), 99.99, merchant: null, category: null, country: null, channel: TransactionChannel.Wire, currency: "USD")).Embedding));

    [Fact]
    public void Score_AccountWithAHabit_GivesTheGoldenVector() => Assert.Equal(
        "amount=0.1622 hour_sin=-0.0076 hour_cos=0.0871 day_sin=0.0228 day_cos=0.0182 channel#online=0.1166 "
        + "category#6=0.0875 country#6=0.2916 since_previous=0.1117 amount_log_deviation=0.1458 amount_deviation=0.5831 "
        + "amount_to_maximum=0.2916 merchant_novelty=0.0656 category_novelty=0.0656 country_novelty=0.4373 "
        + "device_novelty=0.4373 hour_rarity=0.0656 round_amount=0.0292 merchant#4=0.0437 device#2=0.0437",
        Sparse(new EngineRun().WithHabit(device: "D1").Score(TransactionCase.At(
            700, 260, merchant: "M000777", device: "D2", category: "games", country: "US", channel: TransactionChannel.Online)).Embedding));

    [Fact]
    public void Score_AnyEvents_GiveFiniteVectorsOfLengthOne() => Gen.Select(Gen.Double[0, 9_999_999_999_999], Gen.Double[-90, 90], Gen.Double[-180, 180], Gen.Int[0, 4], Gen.Double[0, 5000])
        .Array[1, 12].Sample(events =>
        {
            var run = new EngineRun();
            foreach (var ((amount, latitude, longitude, channel, minutes), i) in events.Select((values, i) => (values, i)))
            {
                var embedding = run.Feed(TransactionCase.At(
                    minutes, amount, channel: (TransactionChannel)channel, latitude: latitude, longitude: longitude, uid: $"{i}")).Embedding;
                Assert.True(VectorMath.IsFinite(embedding));
                Assert.Equal(1, VectorMath.Distance(embedding, new float[TransactionLayout.Dimension]), 1e-5);
            }
        }, seed: "0000KOIbCd64", iter: 200);

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(-7, 1)]
    [InlineData(20, double.PositiveInfinity)]
    public void Score_NotFinite_IsRefusedBeforeItSpoilsAProfile(double amount, double latitude)
    {
        var transaction = new TransactionEvent
        {
            EventUid = "bad",
            OccurredAt = TransactionCase.Start,
            AccountId = "A1",
            Amount = 1,
            ScoredAmount = amount,
            Latitude = latitude,
            Longitude = 1,
        };

        var error = Assert.Throws<ArgumentException>(() => new EngineRun().Score(transaction));
        Assert.Contains("'bad'", error.Message, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"scored amount {amount}, latitude {latitude}"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_LateEvent_MeasuresFromTheTransactionBeforeItInEventTime()
    {
        var run = new EngineRun();
        run.Feed(TransactionCase.At(0));
        var inOrder = run.Score(TransactionCase.At(30)).Embedding[TransactionLayout.SincePrevious];
        run.Feed(TransactionCase.At(600));

        var late = run.Score(TransactionCase.At(30)).Embedding;

        Assert.Equal(inOrder, late[TransactionLayout.SincePrevious], 0.02f);
        Assert.True(late[TransactionLayout.SincePrevious] > 0);
    }

    private static string Sparse(float[] vector) => string.Join(' ', vector.Select((value, position) => (value, position)).Where(element => element.value != 0)
        .Select(element => string.Create(CultureInfo.InvariantCulture, $"{TransactionLayout.FeatureNames[element.position]}={element.value:F4}")));
}
