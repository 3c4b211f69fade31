using Ecart.Detection.Streaming.TimeSeries;
using Xunit;

namespace Ecart.Tests.Detection.Streaming.TimeSeries;

public sealed class AnnouncementsTests
{
    [Fact]
    public void IsNews_WithinQuietTime_OnlyWhatIsMuchStranger()
    {
        var announcements = new Announcements(new TimeSeriesOptions { QuietShare = 0.1, MaximumQuietPoints = 100 });
        announcements.Add(1000, 3);

        Assert.False(announcements.IsNews(1001, 3.3));
        Assert.True(announcements.IsNews(1001, 3.5));
        Assert.False(announcements.IsNews(1049, 3.3));
        Assert.False(announcements.IsNews(1075, 1.6));
        Assert.True(announcements.IsNews(1075, 1.8));
        Assert.True(announcements.IsNews(1100, 0.1));
    }

    [Fact]
    public void IsNews_StrongerBeforeWeaker_BothStand()
    {
        var announcements = new Announcements(new TimeSeriesOptions { QuietShare = 0.1, MaximumQuietPoints = 100 });
        announcements.Add(1000, 5);
        announcements.Add(1080, 3);

        Assert.False(announcements.IsNews(1099, 3));
        Assert.False(announcements.IsNews(1120, 3));
        Assert.True(announcements.IsNews(1180, 0.1));
    }

    [Fact]
    public void IsNews_YoungStream_IsQuietForAShareOfItsAge()
    {
        var announcements = new Announcements(new TimeSeriesOptions());
        announcements.Add(110, 3);

        Assert.False(announcements.IsNews(120, 3));
        Assert.True(announcements.IsNews(140, 3));
    }
}
