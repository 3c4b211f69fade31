using Ecart.App.Commands;
using Ecart.App.Serve;
using Xunit;

namespace Ecart.App.Tests.Serve;

public sealed class ResidentOptionsTests
{
    [Fact]
    public void Read_NothingSaid_IsTheDefaultOfThePipeline() =>
        Assert.Equal(new Streaming.Pipeline.PipelineOptions().MaximumResidentEntities, ServeConfiguration.Read(null, []).MaximumResidentEntities);

    [Fact]
    public void Read_InTheEnvironment_IsTaken() => Assert.Equal(5000, Read("5000").MaximumResidentEntities);

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    public void Read_LessThanOne_IsRefusedByName(string value) => Assert.Equal(
        $"maximum_resident_entities is {value}: it must be at least 1.", Assert.Throws<CommandException>(() => Read(value)).Message);

    private static ServeOptions Read(string value) =>
        ServeConfiguration.Read(null, [new KeyValuePair<string, string?>("ECART_MAXIMUM_RESIDENT_ENTITIES", value)]);
}
