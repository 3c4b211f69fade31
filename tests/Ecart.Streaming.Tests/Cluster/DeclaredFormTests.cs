using Ecart.Domains.Declared;
using Ecart.Streaming.Cluster;
using Xunit;

namespace Ecart.Streaming.Tests.Cluster;

public sealed class DeclaredFormTests
{
    [Fact]
    public void Read_WhatWasWritten_IsTheSameEvent()
    {
        var sent = new DeclaredEvent
        {
            EventUid = "r1",
            OccurredAt = new DateTime(2026, 3, 2, 8, 0, 0, 123, DateTimeKind.Utc),
            UtcOffsetMinutes = 60,
            Schema = new DeclaredSchema(
                "cold_chain", "box", ("warm", DeclaredFieldType.Number), ("box", DeclaredFieldType.Text), ("open", DeclaredFieldType.Condition), ("goods", DeclaredFieldType.Text)),
            Numbers = [8.25, double.NaN, 1, double.NaN],
            Texts = [null, "b1", null, null],
        };
        using var memory = new MemoryStream();
        EventCodec.Write(new BinaryWriter(memory), sent);
        memory.Position = 0;

        DeclaredEvent received = Assert.IsType<DeclaredEvent>(EventCodec.Read(new BinaryReader(memory)));

        Assert.Equal(memory.Length, memory.Position);
        Assert.True(received.Schema.IsSame(sent.Schema));
        Assert.Equal(sent.ContentHash, received.ContentHash);
        Assert.Equal((sent.EventUid, sent.OccurredAt, sent.LocalTime), (received.EventUid, received.OccurredAt, received.LocalTime));
        Assert.Equal(sent.Numbers, received.Numbers);
        Assert.Equal(sent.Texts, received.Texts);
    }
}
