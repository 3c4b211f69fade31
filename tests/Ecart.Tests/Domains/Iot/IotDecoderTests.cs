using System.Text;
using Ecart.Domains.Iot;
using Ecart.Domains.Iot.Units;
using Ecart.Events;
using Ecart.Events.Decoding;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Ecart.Tests.Domains.Iot;

public sealed class IotDecoderTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Decode_EveryField_IsInTheEvent()
    {
        IotMeasurement measurement = Event(("signal", " bearing 3 "), ("measurement_type", "Vibration"), ("unit", "mm/s"), ("location", "hall 2"));

        Assert.Equal(("M1", "pump", "bearing 3", MeasurementType.Vibration), (measurement.EventUid, measurement.DeviceId, measurement.Signal, measurement.Type));
        Assert.Equal((20.5, "mm/s", "hall 2"), (measurement.Value, measurement.Unit, measurement.Location));
        Assert.Equal(new DateTime(2025, 4, 1, 7, 30, 0, DateTimeKind.Utc), measurement.OccurredAt);
    }

    [Theory]
    [InlineData("signal", "pressure", "pressure", MeasurementType.Pressure)]
    [InlineData("measurement_type", "flow", "flow", MeasurementType.Flow)]
    [InlineData("measurement_type", "humidity", "humidity", MeasurementType.Other)]
    [InlineData("signal", "cpu", "cpu", MeasurementType.Other)]
    public void Decode_SignalOrTypeAlone_StandsForBoth(string field, string value, string signal, MeasurementType type)
    {
        IotMeasurement measurement = Event((field, value));

        Assert.Equal((signal, type), (measurement.Signal, measurement.Type));
    }

    [Theory]
    [InlineData("value", "NaN", RejectReason.NonFinite)]
    [InlineData("value", "warm", RejectReason.WrongType)]
    [InlineData("value", "1e40", RejectReason.OutOfRange)]
    [InlineData("value", "", RejectReason.MissingField)]
    [InlineData("device", "", RejectReason.MissingField)]
    [InlineData("signal", "", RejectReason.MissingField)]
    [InlineData("unit", "degrees of a very long name", RejectReason.TooLong)]
    [InlineData("occurred_at", "1970-01-01 00:00:00", RejectReason.OutOfRange)]
    [InlineData("occurred_at", "2026-02-01 00:00:00", RejectReason.OutOfRange)]
    [InlineData("domain", "network", RejectReason.UnknownValue)]
    public void Decode_FieldThatCannotBe_IsRejectedByName(string field, string value, RejectReason reason)
    {
        DecodedRecord decoded = Decode(field == "signal" ? [(field, value)] : [("signal", "a"), (field, value)]);

        Assert.False(decoded.IsEvent);
        Assert.Equal((reason, field), (decoded.Rejected.Reason, decoded.Rejected.Field));
        Assert.Contains(field, decoded.Rejected.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("°F", "°C", 212, 100)]
    [InlineData("K", "°C", 273.15, 0)]
    [InlineData("kPa", "bar", 150, 1.5)]
    [InlineData("psi", "bar", 14.5037738, 1)]
    [InlineData("l/s", "m3/h", 1, 3.6)]
    [InlineData("W", "kW", 1500, 1.5)]
    public void Convert_KnownUnits_AndBack(string from, string to, double value, double expected)
    {
        MeasurementUnit one = MeasurementUnit.Find(from)!;
        MeasurementUnit other = MeasurementUnit.Find(to)!;

        Assert.Equal(expected, one.Convert(value, other), 6);
        Assert.Equal(value, other.Convert(one.Convert(value, other), one), 6);
    }

    private static IotMeasurement Event(params (string Field, string Value)[] fields)
    {
        DecodedRecord decoded = Decode(fields);
        Assert.True(decoded.IsEvent, decoded.Rejected?.Message);
        return Assert.IsType<IotMeasurement>(decoded.Event);
    }

    private static DecodedRecord Decode(params (string Field, string Value)[] fields)
    {
        var values = new Dictionary<string, string> { ["uid"] = "M1", ["device"] = "pump", ["value"] = "20.5", ["occurred_at"] = "2025-04-01 07:30:00" };
        foreach ((string field, string value) in fields) values[field] = value;
        var text = new List<byte>();
        var columns = new List<FieldRange>();
        foreach (byte[] value in values.Values.Select(Encoding.UTF8.GetBytes))
        {
            columns.Add(new FieldRange(text.Count, value.Length));
            text.AddRange(value);
        }

        var decoder = new IotDecoder(null, new FakeTimeProvider(Now));
        Assert.True(FieldMap.Automatic(decoder.Schema).TryBind([.. values.Keys], out FieldBinding? binding, out string? error), error);
        byte[] bytes = [.. text];
        return decoder.Decode(new RecordFields(bytes, bytes, columns.ToArray(), binding, RecordPosition.OfLine("events.csv", 7)));
    }
}
